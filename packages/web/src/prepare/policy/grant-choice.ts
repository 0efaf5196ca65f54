import type { Grant, Role } from "../../api/contract.ts";
import { rolesText } from "../people/role-words.ts";

/** What a cell of a draft can say; the usual cases, each by a word for a list. */
const CHOICES: readonly { readonly value: string; readonly grant: Grant }[] = [
  { value: "yes", grant: { effect: "permitted" } },
  ...(["manager", "lead"] as const).map((role) => ({ value: role, grant: consent([role]) })),
  { value: "manager+lead", grant: consent(["manager", "lead"]) },
  { value: "2 manager", grant: consent(["manager"], 2) },
  { value: "2 manager+lead", grant: consent(["manager", "lead"], 2) },
  { value: "no", grant: { effect: "forbidden" } },
];

function consent(by: Role[], persons?: 2): Grant {
  return { effect: "approval", by, ...(persons ? { persons } : {}) };
}

/** The choices of a cell, the one it has now among them even when it is unusual. */
export function choicesFor(now: Grant): readonly { readonly value: string; readonly label: string }[] {
  const usual = CHOICES.map(({ value, grant }) => ({ value, label: grantWords(grant) }));
  return usual.some(({ value }) => value === choiceOf(now))
    ? usual
    : [...usual, { value: choiceOf(now), label: grantWords(now) }];
}

/** The choice that a cell has now. */
export function choiceOf(grant: Grant): string {
  if (grant.effect === "permitted") return "yes";
  if (grant.effect === "forbidden") return "no";
  const by = [...grant.by].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join("+");
  return grant.persons === 2 ? `2 ${by}` : by;
}

const ORDER = ["manager", "lead", "handler", "custodian", "administrator", "observer"];

/** What a choice stands for; `undefined` for the unusual one that a cell has already. */
export function grantOf(value: string): Grant | undefined {
  return CHOICES.find((choice) => choice.value === value)?.grant;
}

/** A cell in a few words. */
export function grantWords(grant: Grant): string {
  if (grant.effect === "permitted") return "permitted";
  if (grant.effect === "forbidden") return "forbidden";
  const roles = rolesText(grant.by).toLowerCase();
  return grant.persons === 2 ? `consent of two: ${roles}` : `consent of a ${roles}`;
}
