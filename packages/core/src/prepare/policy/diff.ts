import { ROLES, type Role } from "../people/person.ts";
import { type ActionId, POLICY_ACTIONS } from "./action.ts";
import type { Grant, PolicyDocument, PolicyRow } from "./policy.ts";

/** One thing that two versions of a policy say differently; `words` tells it to a manager. */
export type PolicyChange = { readonly words: string } & (
  | { readonly what: "title"; readonly before: string; readonly after: string }
  | {
      readonly what: "row";
      readonly action: ActionId;
      readonly before: PolicyRow | undefined;
      readonly after: PolicyRow | undefined;
    }
  | {
      readonly what: "grant";
      readonly action: ActionId;
      readonly role: Role;
      readonly before: Grant;
      readonly after: Grant;
    }
  | {
      readonly what: "clause";
      readonly action: ActionId;
      readonly before: string;
      readonly after: string;
    }
  | { readonly what: "break_glass"; readonly action: ActionId; readonly after: boolean }
);

/** What the second policy says otherwise than the first, in the order of the table; empty when nothing. */
export function diffPolicies(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const { title } = after;
  const titled: PolicyChange[] =
    before.title === title
      ? []
      : [{ what: "title", before: before.title, after: title, words: `It is called “${title}” now.` }];
  return [
    ...titled,
    ...POLICY_ACTIONS.flatMap(({ id }) => diffRows(id, rowOf(before, id), rowOf(after, id))),
  ];
}

/** The policy that comes out when the changes are made to it; other rows stay as they are. */
export function applyChanges(before: PolicyDocument, changes: readonly PolicyChange[]): PolicyDocument {
  return changes.reduce(applied, before);
}

function applied(document: PolicyDocument, change: PolicyChange): PolicyDocument {
  if (change.what === "title") return { ...document, title: change.after };
  if (change.what === "row") {
    const others = document.rows.filter((row) => row.action !== change.action);
    return { ...document, rows: change.after === undefined ? others : others.concat(change.after) };
  }
  const rows = document.rows.map((row) => (row.action === change.action ? changedRow(row, change) : row));
  return { ...document, rows };
}

function changedRow(row: PolicyRow, change: PolicyChange): PolicyRow {
  if (change.what === "grant") return { ...row, grants: { ...row.grants, [change.role]: change.after } };
  if (change.what === "clause") return { ...row, clause: change.after };
  const { breakGlass: _, ...rest } = row;
  return change.what === "break_glass" && change.after ? { ...rest, breakGlass: true } : rest;
}

function rowOf(document: PolicyDocument, action: ActionId): PolicyRow | undefined {
  return document.rows.find((row) => row.action === action);
}

function diffRows(
  action: ActionId,
  before: PolicyRow | undefined,
  after: PolicyRow | undefined,
): PolicyChange[] {
  if (before === undefined || after === undefined) {
    if (before === after) return [];
    const words =
      before === undefined ? newRowWords(action, after) : `Nobody may ${deed(action)} any longer.`;
    return [{ what: "row", action, before, after, words }];
  }
  const changes: PolicyChange[] = [];
  for (const role of ROLES) {
    const [was, is] = [before.grants[role], after.grants[role]];
    if (textOf(was) === textOf(is)) continue;
    const words = `${PLURAL[role]} ${changeWords(action, was, is)}`;
    changes.push({ what: "grant", action, role, before: was, after: is, words });
  }
  if (before.clause !== after.clause) {
    const words = `The clause on who may ${deed(action)} reads: “${after.clause}”`;
    changes.push({ what: "clause", action, before: before.clause, after: after.clause, words });
  }
  if ((before.breakGlass ?? false) !== (after.breakGlass ?? false)) {
    const may = after.breakGlass === true;
    const words = `The glass ${may ? "may now" : "may no longer"} be broken to ${deed(action)}.`;
    changes.push({ what: "break_glass", action, after: may, words });
  }
  return changes;
}

const PLURAL: Readonly<Record<Role, string>> = {
  manager: "Managers",
  lead: "Leads",
  handler: "Handlers",
  custodian: "Custodians",
  administrator: "Administrators",
  observer: "Observers",
};

function changeWords(action: ActionId, was: Grant | undefined, is: Grant | undefined): string {
  const what = deed(action);
  if (is?.effect === "permitted") {
    return was?.effect === "approval" ? `no longer need consent to ${what}.` : `may now ${what} at once.`;
  }
  if (is?.effect !== "approval") return `may no longer ${what}, not even with consent.`;
  const whose = consentWords(is);
  if (was?.effect === "permitted") return `may no longer ${what} alone; they need ${whose}.`;
  return was?.effect === "approval" ? `need ${whose} to ${what} now.` : `may now ${what}, with ${whose}.`;
}

function consentWords({ by, persons = 1 }: Extract<Grant, { effect: "approval" }>): string {
  const roles = by.join(" or a ");
  return persons === 2 ? `the consent of two people, each a ${roles}` : `the consent of a ${roles}`;
}

function newRowWords(action: ActionId, row: PolicyRow | undefined): string {
  const may = ROLES.filter((role) => row !== undefined && row.grants[role]?.effect !== "forbidden");
  const who = may.map((role) => PLURAL[role].toLowerCase()).join(", ");
  return `New in the policy: who may ${deed(action)}. ${who === "" ? "Nobody may." : `It names ${who}.`}`;
}

/** An action as it stands inside a sentence. */
function deed(action: ActionId): string {
  const title = POLICY_ACTIONS.find((each) => each.id === action)?.title ?? action;
  return `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}

function textOf(grant: Grant | undefined): string {
  if (grant?.effect !== "approval") return grant?.effect ?? "forbidden";
  return `approval ${ROLES.filter((role) => grant.by.includes(role)).join(" ")} ${grant.persons ?? 1}`;
}

/**
 * What of the changes concerns somebody who holds these roles: their own grants, and clause, row and glass of
 * what they may do before or after.
 */
export function changesFor(
  before: PolicyDocument,
  after: PolicyDocument,
  roles: readonly Role[],
): PolicyChange[] {
  const touches = (row: PolicyRow | undefined): boolean =>
    row !== undefined && roles.some((role) => (row.grants[role]?.effect ?? "forbidden") !== "forbidden");
  return diffPolicies(before, after).filter((change) => {
    if (change.what === "title") return false;
    if (change.what === "grant") return roles.includes(change.role);
    return touches(rowOf(before, change.action)) || touches(rowOf(after, change.action));
  });
}
