import { type Examined, examine, FINDINGS_MAX } from "@jumpkit/store";
import type { Settings } from "./env.ts";
import { openFoundations } from "./house.ts";

/** Where a command writes. */
interface Output {
  write(text: string): unknown;
}

/**
 * `jumpkit doctor`: examines the record, beside a running server or without one.
 *
 * @returns the exit code: 0 sound, 1 something is wrong
 */
export async function doctorCommand(
  settings: Settings,
  options: { readonly json?: boolean | undefined },
  out: Output,
  say: (sentence: string) => void,
): Promise<number> {
  const { database, publisher, blobs, close } = await openFoundations(settings, "attach", say);
  try {
    const parts: Examined[] = [];
    for await (const part of examine({ pool: database.pool, publisher, blobs })) {
      parts.push(part);
      if (options.json !== true) out.write(told(part));
    }
    const sound = parts.every((part) => part.findings.length === 0);
    if (options.json === true) out.write(`${JSON.stringify({ sound, parts }, null, 2)}\n`);
    else out.write(sound ? "The record is sound.\n" : "The record is not sound. Keep everything as it is.\n");
    return sound ? 0 : 1;
  } finally {
    await close();
  }
}

function told({ part, lookedAt, findings }: Examined): string {
  const verdict = findings.length === 0 ? "sound" : `${findings.length} wrong`;
  const shown = findings.slice(0, FINDINGS_MAX).map(({ place, problem }) => `  ${place}: ${problem}\n`);
  const more = findings.length > FINDINGS_MAX ? [`  and ${findings.length - FINDINGS_MAX} more\n`] : [];
  return [`${part.padEnd(12)} ${verdict.padEnd(8)} ${lookedAt}\n`, ...shown, ...more].join("");
}
