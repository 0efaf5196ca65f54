import type { Authority, Given, Permission, Viewer } from "@jumpkit/app";
import {
  ACTION_IDS,
  type ActionId,
  bootstrapRules,
  CEDAR_SCHEMA,
  type CedarRules,
  compilePolicy,
  consentFacts,
  type Instant,
  isId,
  type OrganisationId,
  type PersonId,
  type PolicyCell,
  type PolicyDocument,
  type PolicyTable,
  type PolicyVersion,
  ROLES,
  type Role,
} from "@jumpkit/core";
import type pg from "pg";
import { type Cedar, loadCedar } from "./cedar-module.ts";
import { type Facts, questionOf } from "./question.ts";

const SCHEMA = "jumpkit";
/** Enough for every mix of roles that an organisation really has. */
const ANSWERS_KEPT = 10_000;
/** Tables of a draft and of the versions before it, which a page asks for again and again. */
const TABLES_KEPT = 16;
const NO_CLAUSE = "No policy has been adopted yet.";
const NO_ROW = "The policy in force says nothing about this, so nobody may. It needs a new version.";
const NOBODYS_CONSENT = { approvers: [], persons: 0, breakable: false } as const;

/** The answer about what a token was not made for: nobody's consent changes that. */
const BEYOND_TOKEN = {
  allowed: false,
  rule: "",
  whoMay: [],
  approvers: [],
  persons: 0,
  breakable: false,
  outOfScope: true,
} as const;

/** Somebody of whom nothing is known but a role. */
const ANYBODY = {
  id: "psn_00000000000000000000000000" as PersonId,
  organisation: "org_00000000000000000000000000" as OrganisationId,
  name: "",
  title: "",
  phone: "",
  zone: "UTC",
} as const;

/** A policy as Cedar holds it ready, with the table that people are told about. */
interface Prepared {
  readonly digest: string;
  /** The rules of each action that Cedar has not been handed yet: each is parsed when it is first asked about. */
  readonly rules: Map<ActionId, Record<string, string>>;
  readonly document: PolicyDocument | undefined;
  /** What Cedar has answered already: the rule that allows, or `undefined`, by the facts it was asked about. */
  readonly answers: Map<string, string | undefined>;
}

/**
 * Enforces response policies with Cedar, under four rules learnt by trial.
 *
 * 1. Schema and request are validated and any error in the answer means *deny*: Cedar by itself skips a rule
 *    that meets missing data. 2. Rules are named, so the answer names them. 3. Policies are parsed once and
 *    each question carries only its own few entities. 4. Cedar has no memory: consent is a fact that we compute
 *    from the log and pass in, never something a request says.
 */
export class CedarEngine {
  #loaded: Cedar | undefined;
  readonly #prepared = new Map<string, Prepared>();
  readonly #tables = new Map<string, PolicyTable>();

  /** Cedar with our schema, loaded by the first question: a start does not wait for it. */
  get #cedar(): Cedar {
    if (this.#loaded !== undefined) return this.#loaded;
    const cedar = loadCedar();
    must(cedar.preparseSchema(SCHEMA, CEDAR_SCHEMA as never));
    this.#loaded = cedar;
    return cedar;
  }

  /** The authority that speaks for a policy; `undefined` asks the bootstrap rules. */
  authorityOf(policy: Pick<PolicyVersion, "digest" | "document"> | undefined): Authority {
    const prepared =
      policy?.document === undefined ? this.#bootstrap() : this.#policy(policy.digest, policy.document);
    return {
      permits: async (viewer, action, given = {}) => this.#decide(prepared, viewer, action, given),
    };
  }

  /** Whether the policy with this digest is parsed already, so that its document need not be loaded. */
  knows(digest: string): Authority | undefined {
    const prepared = this.#prepared.get(digest);
    return (
      prepared && {
        permits: async (viewer, action, given = {}) => this.#decide(prepared, viewer, action, given),
      }
    );
  }

  /**
   * Who may do what by a policy, asked of Cedar role by role; it need not be one that is or was in force.
   *
   * It is asked in one go: what Cedar holds of it is overwritten by the next, so drafts pile up nowhere.
   */
  tableOf({ digest, document }: { readonly digest: string; readonly document: PolicyDocument }): PolicyTable {
    const before = this.#tables.get(digest);
    if (before !== undefined) return before;
    const rules = compilePolicy(document);
    this.#mustFit(rules);
    const policy: Prepared = { digest: "table", document, rules: byAction(rules), answers: new Map() };
    const table = ACTION_IDS.map((action) => ({
      action,
      cells: Object.fromEntries(ROLES.map((role) => [role, this.#cell(policy, role, action)])) as Record<
        Role,
        PolicyCell
      >,
    }));
    if (this.#tables.size >= TABLES_KEPT) this.#tables.clear();
    this.#tables.set(digest, table);
    return table;
  }

  #cell(policy: Prepared, role: Role, action: ActionId): PolicyCell {
    const { allowed, approvers, persons, breakable } = this.#decide(
      policy,
      { ...ANYBODY, roles: [role] },
      action,
      {},
    );
    const consent = approvers.length > 0 ? "approval" : "forbidden";
    return { effect: allowed ? "permitted" : consent, by: approvers, persons, breakable };
  }

  #policy(digest: string, document: PolicyDocument): Prepared {
    return this.#prepared.get(digest) ?? this.#prepare(digest, compilePolicy(document), document);
  }

  #bootstrap(): Prepared {
    return this.#prepared.get("bootstrap") ?? this.#prepare("bootstrap", bootstrapRules(), undefined);
  }

  #prepare(digest: string, rules: CedarRules, document: PolicyDocument | undefined): Prepared {
    this.#mustFit(rules);
    const prepared = { digest, document, rules: byAction(rules), answers: new Map() };
    this.#prepared.set(digest, prepared);
    return prepared;
  }

  #mustFit(rules: CedarRules): void {
    mustFit(
      this.#cedar.validate({ schema: CEDAR_SCHEMA as never, policies: { staticPolicies: { ...rules } } }),
    );
  }

  #decide(policy: Prepared, viewer: Viewer, action: ActionId, given: Given): Permission {
    const row = policy.document?.rows.find((each) => each.action === action);
    if (viewer.token !== undefined && !viewer.token.scopes.some((scope) => scope === action)) {
      return { ...BEYOND_TOKEN, policy: policy.digest, clause: row?.clause ?? NO_CLAUSE };
    }
    const facts = factsOf(given);
    const rule = facts && this.#ask(policy, viewer, action, facts);
    return {
      allowed: rule !== undefined,
      policy: policy.digest,
      rule: rule ?? "",
      clause: row?.clause ?? (policy.document === undefined ? NO_CLAUSE : NO_ROW),
      whoMay: row === undefined ? [] : ROLES.filter((role) => row.grants[role]?.effect === "permitted"),
      ...(rule === undefined ? this.#whoseConsent(policy, viewer, action) : NOBODYS_CONSENT),
    };
  }

  /** The roles whose consent would turn the answer, and of how many people: the table proposes, Cedar decides. */
  #whoseConsent(
    policy: Prepared,
    viewer: Viewer,
    action: ActionId,
  ): Pick<Permission, "approvers" | "persons" | "breakable"> {
    const grants = policy.document?.rows.find((row) => row.action === action)?.grants;
    const proposed = viewer.roles.flatMap((role) => {
      const grant = grants?.[role];
      return grant?.effect === "approval" ? grant.by : [];
    });
    const enough = (consents: readonly (readonly Role[])[]): boolean =>
      this.#ask(policy, viewer, action, { ...consentFacts(consents), brokenGlass: false }) !== undefined;
    const approvers = ROLES.filter((role) => proposed.includes(role) && enough([[role], [role]]));
    if (approvers.length === 0) return NOBODYS_CONSENT;
    const alone = { ...consentFacts([]), brokenGlass: true };
    return {
      approvers,
      persons: approvers.some((role) => enough([[role]])) ? 1 : 2,
      breakable: this.#ask(policy, viewer, action, alone) !== undefined,
    };
  }

  /**
   * The rule that allows, or `undefined`. Whatever goes wrong on the way is a no.
   *
   * Our rules speak of roles, actions and facts alone, never of one person: the same three get the same
   * answer, so Cedar is asked once.
   */
  #ask(policy: Prepared, viewer: Viewer, action: ActionId, facts: Facts): string | undefined {
    if (!isId("psn", viewer.id) || !isId("org", viewer.organisation)) return undefined;
    const question = JSON.stringify([viewer.roles, action, facts]);
    if (policy.answers.has(question)) return policy.answers.get(question);
    const rule = this.#askCedar(policy, viewer, action, facts);
    if (policy.answers.size < ANSWERS_KEPT) policy.answers.set(question, rule);
    return rule;
  }

  #askCedar(policy: Prepared, viewer: Viewer, action: ActionId, facts: Facts): string | undefined {
    // Every rule speaks of one action: a question then meets the few rules of its own, not all of the policy.
    const set = `${policy.digest} ${action}`;
    const own = policy.rules.get(action);
    if (own !== undefined) {
      must(this.#cedar.preparsePolicySet(set, { staticPolicies: own }));
      policy.rules.delete(action);
    }
    const answer = this.#cedar.statefulIsAuthorized({
      ...questionOf(viewer, action, facts),
      preparsedSchemaName: SCHEMA,
      validateRequest: true,
      preparsedPolicySetId: set,
    });
    if (answer.type === "failure" || answer.response.diagnostics.errors.length > 0) return undefined;
    if (answer.response.decision !== "allow") return undefined;
    return [...answer.response.diagnostics.reason].sort()[0];
  }
}

/** The rules of each action there is; an action that no rule speaks of has an empty set, which permits nothing. */
function byAction(rules: CedarRules): Map<ActionId, Record<string, string>> {
  const sets = new Map<ActionId, Record<string, string>>(ACTION_IDS.map((id) => [id, {}]));
  for (const [id, text] of Object.entries(rules)) {
    const action = ACTION_IDS.find(
      (each) => id.startsWith(`${each}/`) || id.startsWith(`bootstrap/${each}/`),
    );
    const own = action && sets.get(action);
    if (own === undefined) throw new Error(`The rule ${id} is about no action`);
    own[id] = text;
  }
  return sets;
}

/** The facts as Cedar is told them, or `undefined` when they are not of the kind they should be. */
function factsOf({ consents = [], brokenGlass = false }: Given): Facts | undefined {
  if (typeof brokenGlass !== "boolean") return undefined;
  const known = consents.every((held) => Array.isArray(held) && held.every((role) => ROLES.includes(role)));
  return known ? { ...consentFacts(consents), brokenGlass } : undefined;
}

function must(answer: { readonly type: string }): void {
  if (answer.type !== "success") throw new Error(`Cedar refuses a policy of ours: ${JSON.stringify(answer)}`);
}

function mustFit(answer: ReturnType<Cedar["validate"]>): void {
  const problems = answer.type === "failure" ? answer.errors : answer.validationErrors;
  if (problems.length > 0)
    throw new Error(`A policy of ours does not fit the schema: ${JSON.stringify(problems)}`);
}

/** The authority of the policy in force in the running transaction. */
export async function authorityInForce(
  engine: CedarEngine,
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Promise<Authority> {
  const { rows } = await client.query<{ digest: string }>({
    name: "digest-in-force",
    text: `SELECT digest FROM policy_version
      WHERE organisation = $1 AND (effective_at IS NULL OR effective_at <= $2) ORDER BY version DESC LIMIT 1`,
    values: [organisation, now],
  });
  const digest = rows[0]?.digest;
  if (digest === undefined) return engine.authorityOf(undefined);
  return engine.knows(digest) ?? engine.authorityOf(await policyInForce(client, organisation, now));
}

/** The policy in force, or `undefined` before the first was adopted. */
export async function policyInForce(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Promise<PolicyVersion | undefined> {
  const { rows } = await client.query<{ state: PolicyVersion }>(
    `SELECT state FROM policy_version
     WHERE organisation = $1 AND (effective_at IS NULL OR effective_at <= $2) ORDER BY version DESC LIMIT 1`,
    [organisation, now],
  );
  return rows[0]?.state;
}
