import type { Act } from "./operation.ts";
import type { Records } from "./ports.ts";

/**
 * The code of the next incident, such as `JK-2026-0042`; of one that is played `EX-JK-2026-0007`.
 *
 * What is played has numbers of its own: no exercise leaves a gap among real incidents.
 */
export async function nextCode(records: Records, act: Act, played = false): Promise<string> {
  const year = Number(act.now.slice(0, 4));
  const number = await records.nextIncidentNumber(year, played);
  const code = `${await records.codePrefix()}-${year}-${String(number).padStart(4, "0")}`;
  return played ? `EX-${code}` : code;
}
