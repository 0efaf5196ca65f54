import { once } from "node:events";
import { exportManifest, importList } from "@jumpkit/host";
import { toolName } from "./tool-name.ts";

/** `jumpkit master-copy export FILE --format FORMAT`: the list goes to `out`. */
export async function exportList(
  manifest: string,
  format: string,
  out: NodeJS.WritableStream,
  say: (sentence: string) => void,
): Promise<number> {
  const { writtenCount, leftOutCount } = await exportManifest(manifest, format, async (bytes) => {
    if (!out.write(bytes)) await once(out, "drain");
  });
  say(`${writtenCount} entries; ${leftOutCount} cannot stand in a list of ${format}.`);
  return 0;
}

/** What was typed after `jumpkit master-copy import LIST`. */
export interface ImportOptions {
  readonly format: string;
  readonly out: string;
  readonly base: string;
  readonly host: string;
}

/** `jumpkit master-copy import LIST --format FORMAT --out FILE`. */
export async function importFrom(
  list: string,
  { format, out, base, host }: ImportOptions,
  say: (sentence: string) => void,
): Promise<number> {
  const count = await importList(list, format, out, { host, base, tool: toolName(), at: new Date() });
  say(`Wrote ${out}: ${count} entries. What a list of ${format} does not hold will not be compared.`);
  return 0;
}
