import { type Change, grantedTo, type Viewer } from "@jumpkit/app";
import type { ActionId } from "@jumpkit/core";
import type { ServerParts } from "../parts.ts";

/**
 * What one must be permitted to hear of each kind of thing; `own` is everybody's. A kind that is not named here
 * is told to nobody.
 */
export const HEARD_WITH: Readonly<Record<string, ActionId | "own">> = {
  incident: "incident.read",
  sign: "sign.read",
  signs: "sign.read",
  review: "incident.read",
  improvement: "incident.read",
  cost: "incident.read",
  rate: "incident.read",
  exercise: "incident.read",
  followup: "incident.read",
  metrics: "incident.read",
  source: "sign.read",
  batch: "sign.read",
  intake: "sign.read",
  report: "sign.read",
  constituent: "asset.read",
  team: "asset.read",
  segment: "asset.read",
  asset: "asset.read",
  register: "asset.read",
  contact: "contact.read",
  letterhead: "own",
  reply: "incident.read",
  advisory: "contact.read",
  duty: "own",
  shift: "incident.read",
  callsheet: "contact.read",
  spare: "asset.read",
  backup: "asset.read",
  mastercopy: "asset.read",
  token: "own",
  account: "own",
  people: "own",
  policy: "own",
  playbook: "own",
  approval: "own",
  card: "own",
  breakglass: "own",
};

/** A hint that something changed: it names the thing and says nothing about it. */
export interface Hint {
  readonly topic: string;
  readonly id: string;
}

/** What of a change this person may hear of, asked anew each time. */
export async function hintsFor(parts: ServerParts, viewer: Viewer, change: Change): Promise<readonly Hint[]> {
  if (change.organisation !== viewer.organisation) return [];
  const hints = change.topics.map((topic) => {
    const [kind = "", id = ""] = topic.split(":", 2);
    return { topic: kind, id };
  });
  const needed = new Set(hints.flatMap(({ topic }) => HEARD_WITH[topic] ?? []));
  const { allowed, granted } = await permitted(parts, viewer, needed);
  return hints.filter(({ topic, id }) => {
    if (topic === "incident" && granted.has(id)) return true;
    const needs = HEARD_WITH[topic];
    return needs !== undefined && allowed.has(needs);
  });
}

/** Which of the actions are permitted, and the incidents that one was let into where reading them is not. */
async function permitted(parts: ServerParts, viewer: Viewer, needed: ReadonlySet<ActionId | "own">) {
  const allowed = new Set<ActionId | "own">(["own"]);
  const granted = new Set<string>();
  const asked = [...needed].filter((action) => action !== "own");
  if (asked.length === 0) return { allowed, granted };
  await parts.world.reading(viewer.organisation, async (reading) => {
    for (const action of asked) if ((await reading.permission(viewer, action)).allowed) allowed.add(action);
    if (allowed.has("incident.read") || !needed.has("incident.read")) return;
    for (const incident of await grantedTo(viewer, reading)) granted.add(incident);
  });
  return { allowed, granted };
}
