import { groupOf } from "../approval/consent.ts";
import { ROLES, type Role } from "../people/person.ts";
import { ACTION_IDS, POLICY_ACTIONS } from "./action.ts";
import type { Grant, PolicyDocument } from "./policy.ts";

/** A policy as Cedar reads it: rule id → rule text. Ids name the action and the role they speak for. */
export type CedarRules = Readonly<Record<string, string>>;

/**
 * The schema that every question and every rule is checked against.
 *
 * A misspelt attribute must fail when the policy is compiled, and a missing fact when the question is
 * asked: Cedar would otherwise skip the rule that needs it.
 */
export const CEDAR_SCHEMA = {
  Jumpkit: {
    entityTypes: {
      Role: {},
      Person: { memberOfTypes: ["Role"] },
      Organisation: {},
    },
    actions: Object.fromEntries(
      ACTION_IDS.map((id) => [
        id,
        {
          appliesTo: {
            principalTypes: ["Person"],
            resourceTypes: ["Organisation"],
            context: {
              type: "Record",
              attributes: {
                approvedBy: { type: "Set", element: { type: "String" } },
                brokenGlass: { type: "Boolean" },
                approvedByTwo: { type: "Set", element: { type: "String" } },
              },
            },
          },
        },
      ]),
    ),
  },
} as const;

/**
 * Compiles the table that managers signed into the rules that Cedar enforces.
 *
 * Absolute prohibitions are `forbid` rules whatever the table says: a forbid overrides every permit. A
 * forbidden cell needs no rule of its own, because what nothing permits is denied: a person with two roles
 * may do what either of them may.
 */
export function compilePolicy(document: PolicyDocument): CedarRules {
  const rules: Record<string, string> = {};
  for (const row of document.rows) {
    // What another release wrote may speak of actions that this one does not know.
    if (!ACTION_IDS.includes(row.action)) continue;
    for (const role of ROLES) {
      const grant: Grant | undefined = row.grants[role];
      const head = `@title(${text(row.clause)})\npermit(principal in Jumpkit::Role::${text(role)}, action == Jumpkit::Action::${text(row.action)}, resource)`;
      if (grant?.effect === "permitted") rules[`${row.action}/${role}`] = `${head};`;
      if (grant?.effect === "approval") {
        rules[`${row.action}/${role}/approved`] = `${head} when { ${consentTo(grant)} };`;
        // Only what somebody might do with consent can be done without it, by whoever answers for it.
        if (row.breakGlass === true) {
          rules[`${row.action}/${role}/broken-glass`] = `${head} when { context.brokenGlass };`;
        }
      }
    }
  }
  return { ...rules, ...absoluteProhibitions() };
}

function consentTo({ by, persons = 1 }: Extract<Grant, { effect: "approval" }>): string {
  if (persons === 2) return `context.approvedByTwo.contains(${text(groupOf(by))})`;
  // A number that another release may have meant something by is not taken for fewer.
  if (persons !== 1) return "false";
  return by.map((role) => `context.approvedBy.contains(${text(role)})`).join(" || ");
}

/**
 * The rules in force before any policy has been adopted: enough to get one adopted, and nothing else.
 *
 * The default policy is shipped, never silently active.
 */
export function bootstrapRules(): CedarRules {
  const permit = (action: string, role: Role): [string, string] => [
    `bootstrap/${action}/${role}`,
    `permit(principal in Jumpkit::Role::${text(role)}, action == Jumpkit::Action::${text(action)}, resource);`,
  ];
  return {
    ...Object.fromEntries([
      permit("policy.manage", "manager"),
      permit("people.manage", "administrator"),
      permit("log.verify", "administrator"),
      permit("log.verify", "manager"),
    ]),
    ...absoluteProhibitions(),
  };
}

function absoluteProhibitions(): CedarRules {
  return Object.fromEntries(
    POLICY_ACTIONS.filter((each) => "absolute" in each && each.absolute === true).map((each) => [
      `${each.id}/absolute`,
      `@absolute("true")\nforbid(principal, action == Jumpkit::Action::${text(each.id)}, resource);`,
    ]),
  );
}

/** A Cedar string literal. Cedar shares JSON's escapes for quotes, backslashes and \\n, and writes others as \\u{…}. */
function text(value: string): string {
  let out = "";
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === "\\") out += `\\${char}`;
    else if (code < 0x20 || code === 0x7f) out += `\\u{${code.toString(16)}}`;
    else out += char;
  }
  return `"${out}"`;
}
