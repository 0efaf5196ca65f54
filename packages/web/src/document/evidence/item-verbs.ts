import type { Item } from "../../api/contract.ts";

/** What can be done with an item, as its address says. */
export const ITEM_VERBS = [
  "accept",
  "refuse",
  "withdraw",
  "hand-over",
  "store",
  "seal",
  "release",
  "return",
  "read",
] as const;
export type ItemVerb = (typeof ITEM_VERBS)[number];

/** The verb that an address names. */
export function itemVerbFrom(search: Record<string, unknown>): { readonly do?: ItemVerb | undefined } {
  return { do: ITEM_VERBS.find((verb) => verb === search["do"]) };
}

/** What each verb is called on its button. */
export const VERB_WORDS: Readonly<Record<ItemVerb, string>> = {
  accept: "Take it over",
  refuse: "Refuse it",
  withdraw: "Withdraw the offer",
  "hand-over": "Hand over",
  store: "Store",
  seal: "Seal",
  release: "Release to outside",
  return: "Take back",
  read: "Read the content",
};

/**
 * What `person` can do with `item` now, the likeliest first.
 *
 * The server decides; this only keeps verbs that must fail out of sight.
 */
export function verbsFor(item: Item, person: string): readonly ItemVerb[] {
  const verbs: ItemVerb[] = [];
  const holds = item.custodian.id === person;
  if (item.pending?.to === person) verbs.push("accept", "refuse");
  if (item.pending !== null && holds) verbs.push("withdraw");
  if (item.pending === null && item.state === "released") verbs.push("return");
  if (item.pending === null && holds && item.state !== "released")
    verbs.push("hand-over", "store", "seal", "release");
  if (item.content !== null) verbs.push("read");
  return verbs;
}
