/**
 * The origin of an organisation's log: its name on every checkpoint.
 *
 * `generation` starts at 1 and goes up when a restored backup lies behind what was published: a restored log
 * is another log, and says so.
 */
export function originOf(organisation: string, generation: number): string {
  return `jumpkit/${organisation}/${generation}`;
}

/** The generation that an origin names; 1 when it names none. */
export function generationOf(origin: string): number {
  const generation = Number(origin.split("/").at(-1));
  return Number.isSafeInteger(generation) && generation > 0 ? generation : 1;
}
