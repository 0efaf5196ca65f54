import { rereadManifests } from "@jumpkit/store";
import { readSettings, type Settings } from "../env.ts";
import { openFoundations } from "../house.ts";
import { readManifestDigests } from "./read-manifest.ts";

type Say = (sentence: string) => void;

/**
 * `jumpkit master-copy reread`: notes anew which files stand in the kept manifests, beside a running server or without
 * one.
 *
 * @param data  the data folder, where one was typed
 * @returns the exit code: 0 all were read, 1 some could not be, 2 the settings are wrong
 */
export async function reread(
  data: string | undefined,
  say: Say,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const settings = readSettings(environment, data === undefined ? {} : { data });
  if (Array.isArray(settings)) {
    for (const sentence of settings) say(sentence);
    return 2;
  }
  const { database, blobs, close } = await openFoundations(settings as Settings, "attach", say);
  try {
    let failed = 0;
    const parts = { pool: database.pool, blobs, readManifest: readManifestDigests };
    await rereadManifests(parts, ({ name, copy }, outcome) => {
      if (outcome instanceof Error) failed += 1;
      say(`${name} (${copy}): ${outcome instanceof Error ? outcome.message : `${outcome} entries`}`);
    });
    return failed === 0 ? 0 : 1;
  } finally {
    await close();
  }
}
