/** The address to go on to after signing in: a path of this server, else Now. A link must not lead astray. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : "/";
}
