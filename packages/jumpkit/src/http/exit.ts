import { Refused, Unreachable } from "./client.ts";
import { NotConnected } from "./connection.ts";

/** How a command that talks to a server ends, for scripts to tell apart. */
export const EXIT = {
  done: 0,
  /** Something broke, here or on the server. */
  fault: 1,
  /** The command was not understood, or says not enough. */
  usage: 2,
  /** The server says no, and will say so again. */
  refused: 3,
  /** The token is none, has ended, or was not made for this. */
  notYou: 4,
  /** Nobody answered, or was too busy; the same command may succeed later. */
  later: 5,
} as const;

const NOT_YOU: ReadonlySet<string> = new Set(["session.missing", "token.out_of_scope", "token.not_for_this"]);

/** Says what went wrong, one sentence a line, and gives back the exit code for it. Anything else is rethrown. */
export function failWith(error: unknown, say: (sentence: string) => void): number {
  if (error instanceof NotConnected) {
    say(error.message);
    return EXIT.usage;
  }
  if (error instanceof Unreachable) {
    say(error.message);
    return EXIT.later;
  }
  if (!(error instanceof Refused)) throw error;
  const { code, message, next, details } = error.body;
  say(`${message} (${code})`);
  for (const [field, value] of Object.entries(details ?? {})) say(`  ${field}: ${told(value)}`);
  say(next);
  if (NOT_YOU.has(code)) return EXIT.notYou;
  if (error.status === 429 || error.status === 503) return EXIT.later;
  return error.status >= 500 ? EXIT.fault : EXIT.refused;
}

function told(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((each) => typeof each === "object" && each !== null)) {
    return value.map((each) => Object.values(each as object).join(" ")).join("; ");
  }
  return Array.isArray(value) ? value.join(", ") : JSON.stringify(value);
}
