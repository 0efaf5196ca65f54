import { instantAt } from "@jumpkit/core";
import { Accounts } from "@jumpkit/store";
import type { Settings } from "./env.ts";
import { openFoundations } from "./house.ts";

/** The secret of a one-time link that founds another organisation; beside a running server or without one. */
export async function newOrganisationLink(
  settings: Settings,
  say: (sentence: string) => void,
): Promise<string> {
  const { database, close } = await openFoundations(settings, "attach", say);
  try {
    return await new Accounts(database.pool, () => instantAt(Date.now())).newSetUpLink();
  } finally {
    await close();
  }
}
