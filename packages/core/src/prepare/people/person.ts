import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line } from "../../kernel/text.ts";
import { type Stamp, Zone } from "../../kernel/time.ts";

/**
 * The parts a person can have. A person may have several; what each may do is for the policy to say.
 *
 * @source CERT/CC: the policy designates who responds; NIST SP 800-61r2 §2.4 for the parts
 */
export const ROLES = ["manager", "lead", "handler", "custodian", "administrator", "observer"] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** The name somebody signs in with: small letters, digits, dots and dashes. */
export const SignInName = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, { error: "takes small letters, digits, dots, dashes and underscores" });

/** What the record keeps of a person; name, title and phone are what the custody log has to show. */
export const PersonDetails = z.strictObject({
  name: line(200),
  title: line(200),
  phone: line(60),
  zone: Zone,
  email: z.string().max(254).default(""),
});
export type PersonDetails = z.infer<typeof PersonDetails>;

/** Somebody without a role sees and does nothing but what a grant on one incident lets them. */
const Roles = z.array(Role).max(ROLES.length);

/** Details as an entry tells them: `zone` is taken there, for the zone that the entry's own time was meant in. */
const { zone: _, ...TOLD } = PersonDetails.shape;
const Told = { ...TOLD, homeZone: Zone };

export const PERSON_ENTRIES = {
  "person.added": z.object({
    person: PersonId,
    signInName: SignInName,
    ...Told,
    roles: Roles,
  }),
  "person.changed": z.object({ person: PersonId, ...Told }),
  "person.assigned": z.object({ person: PersonId, roles: Roles }),
  "person.invited": z.object({ person: PersonId, name: z.string() }),
  "person.deactivated": z.object({ person: PersonId, reason: z.string() }),
  "person.reactivated": z.object({ person: PersonId, reason: z.string() }),
};

type Told = { readonly [Field in keyof typeof Told]: z.output<(typeof Told)[Field]> };

/** A person's details as an entry tells them. */
export function told({ name, title, phone, email, zone }: PersonDetails): Told {
  return { name, title, phone, email, homeZone: zone };
}

/** A person as the log says they are now. */
export interface Person extends PersonDetails {
  readonly id: PersonId;
  readonly signInName: string;
  readonly roles: readonly Role[];
  readonly status: "active" | "inactive";
  /** Sequence of the entry that last changed this person; what a change must have seen. */
  readonly changedSeq: number;
}

/** The person after one more entry; `undefined` in, for the entry that adds them. */
export function projectPerson(
  before: Person | undefined,
  entry: Entry<typeof PERSON_ENTRIES>,
): Person | undefined {
  const { body } = entry;
  if (entry.type === "person.added") {
    if (body.person === undefined) return before;
    return {
      id: body.person,
      signInName: entry.body.signInName ?? "",
      ...details(entry.body),
      roles: entry.body.roles ?? [],
      status: "active",
      changedSeq: entry.seq,
    };
  }
  if (before === undefined) return undefined;
  const changed = { ...before, changedSeq: entry.seq };
  switch (entry.type) {
    case "person.changed":
      return { ...changed, ...details(entry.body) };
    case "person.invited":
      return before;
    case "person.assigned":
      return { ...changed, roles: entry.body.roles ?? [] };
    case "person.deactivated":
      return { ...changed, status: "inactive" };
    case "person.reactivated":
      return { ...changed, status: "active" };
  }
}

function details(body: Partial<Told>): PersonDetails {
  return {
    name: body.name ?? "(withheld)",
    title: body.title ?? "(withheld)",
    phone: body.phone ?? "(withheld)",
    zone: body.homeZone ?? "UTC",
    email: body.email ?? "",
  };
}

export type PersonRefusal =
  | { readonly code: "person.sign_in_name_taken"; readonly signInName: string }
  | { readonly code: "person.stale"; readonly current: number }
  | { readonly code: "person.last_manager" }
  | { readonly code: "person.last_administrator" }
  | { readonly code: "person.already"; readonly status: Person["status"] };

/** The entry that adds a person, or `person.sign_in_name_taken`. */
export function addPerson(
  id: PersonId,
  happened: Stamp,
  taken: boolean,
  said: PersonDetails & { readonly signInName: string; readonly roles: readonly Role[] },
): Result<Fact<typeof PERSON_ENTRIES>, PersonRefusal> {
  if (taken) return refuse({ code: "person.sign_in_name_taken", signInName: said.signInName });
  return accept({
    type: "person.added",
    incident: null,
    happened,
    body: { person: id, signInName: said.signInName, ...told(said), roles: unique(said.roles) },
  });
}

/** The entry that changes a person's details, or `person.stale` when somebody changed them meanwhile. */
export function changePerson(
  person: Person,
  happened: Stamp,
  seen: number,
  said: PersonDetails,
): Result<Fact<typeof PERSON_ENTRIES>, PersonRefusal> {
  if (person.changedSeq !== seen) return refuse({ code: "person.stale", current: person.changedSeq });
  return accept({
    type: "person.changed",
    incident: null,
    happened,
    body: { person: person.id, ...told(said) },
  });
}

/** How many other active people hold each part that must never be left empty. */
export interface OthersInOffice {
  readonly managers: number;
  readonly administrators: number;
}

/**
 * The entry that gives a person other roles.
 *
 * @returns the fact, `person.stale`, or a refusal when nobody would be left as manager or administrator
 */
export function assignRoles(
  person: Person,
  happened: Stamp,
  seen: number,
  roles: readonly Role[],
  others: OthersInOffice,
): Result<Fact<typeof PERSON_ENTRIES>, PersonRefusal> {
  if (person.changedSeq !== seen) return refuse({ code: "person.stale", current: person.changedSeq });
  const left = officeLeftEmpty(person, roles, others);
  if (left !== undefined) return refuse({ code: left });
  return accept({
    type: "person.assigned",
    incident: null,
    happened,
    body: { person: person.id, roles: unique(roles) },
  });
}

/** The entry that ends or renews a person's access; the record of what they did stays. */
export function setActive(
  person: Person,
  happened: Stamp,
  wanted: Person["status"],
  reason: string,
  others: OthersInOffice,
): Result<Fact<typeof PERSON_ENTRIES>, PersonRefusal> {
  if (person.status === wanted) return refuse({ code: "person.already", status: wanted });
  const left = wanted === "inactive" ? officeLeftEmpty(person, [], others) : undefined;
  if (left !== undefined) return refuse({ code: left });
  return accept({
    type: wanted === "inactive" ? "person.deactivated" : "person.reactivated",
    incident: null,
    happened,
    body: { person: person.id, reason },
  });
}

function officeLeftEmpty(person: Person, roles: readonly Role[], others: OthersInOffice) {
  const losing = (role: Role): boolean =>
    person.status === "active" && person.roles.includes(role) && !roles.includes(role);
  if (losing("manager") && others.managers === 0) return "person.last_manager";
  if (losing("administrator") && others.administrators === 0) return "person.last_administrator";
  return undefined;
}

function unique(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}
