import {
  accept,
  addPerson,
  assignRoles,
  changePerson,
  type Instant,
  instantAt,
  line,
  PersonDetails,
  PersonId,
  prose,
  Role,
  SignInName,
  setActive,
  unixMsOf,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";

const Roles = z
  .array(Role)
  .max(6)
  .describe("None for a member of a coordinating team, who sees only the incidents that it is let into");
const Seen = z.int().min(0).describe("changedSeq of the person you had in front of you");
const Done = z.object({ person: PersonId });
const Invited = Done.extend({
  invitation: z
    .string()
    .nullable()
    .describe(
      "The link by which the person chooses a passphrase; shown once, null when the request is repeated",
    ),
  expiresAt: z.string(),
});

/** How long an invitation works. */
const INVITATION_MS = 7 * 24 * 60 * 60_000;

export const addSomebody = operation({
  name: "person.add",
  phase: "prepare",
  summary: "Add a person and get the link by which they sign in first",
  action: "people.manage",
  input: z.strictObject({ signInName: SignInName, ...PersonDetails.shape, roles: Roles }),
  output: Invited,
  load: async (input, records, act) => ({
    id: act.newId("psn"),
    taken: await records.signInNameTaken(input.signInName),
  }),
  decide: ({ id, taken }, input, act) => {
    const outcome = addPerson(id, stampOf(undefined, act), taken, input);
    if (!outcome.ok) return outcome;
    const { effect, invitation, expiresAt } = invite(id, act.newSecret(), act.now);
    return accept({
      facts: [outcome.value],
      effects: [effect],
      output: { person: id, invitation: null, expiresAt },
      toldOnce: { invitation },
    });
  },
});

export const inviteAgain = operation({
  name: "person.invite",
  phase: "prepare",
  summary: "Make a new invitation, for somebody who lost the link or the passphrase; ends their sessions",
  action: "people.manage",
  thing: "person",
  input: z.strictObject({ person: PersonId }),
  output: Invited,
  load: async (input, records) => {
    const person = await records.person(input.person);
    return person?.status === "active" ? person : undefined;
  },
  decide: (person, _input, act) => {
    const { effect, invitation, expiresAt } = invite(person.id, act.newSecret(), act.now);
    return accept({
      facts: [
        {
          type: "person.invited",
          incident: null,
          happened: stampOf(undefined, act),
          body: { person: person.id, name: person.name },
        },
      ],
      effects: [effect, { kind: "sessions_ended", person: person.id }],
      output: { person: person.id, invitation: null, expiresAt },
      toldOnce: { invitation },
    });
  },
});

export const changeSomebody = operation({
  name: "person.change",
  phase: "prepare",
  summary: "Change a person's name, title, phone, zone or mail",
  action: "people.manage",
  thing: "person",
  input: z.strictObject({ person: PersonId, seen: Seen, ...PersonDetails.shape }),
  output: Done,
  load: (input, records) => records.person(input.person),
  decide: (person, { person: _, seen, ...said }, act) => {
    const outcome = changePerson(person, stampOf(undefined, act), seen, said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { person: person.id } }) : outcome;
  },
});

export const changeOneself = operation({
  name: "profile.change",
  phase: "prepare",
  summary: "Change your own title, phone, zone or mail",
  action: "own",
  input: z.strictObject({
    seen: Seen,
    title: line(200),
    phone: line(60),
    zone: PersonDetails.shape.zone,
    email: PersonDetails.shape.email,
  }),
  output: Done,
  load: (_input, records, act) => records.person(act.by.id),
  decide: (person, { seen, ...said }, act) => {
    const outcome = changePerson(person, stampOf(undefined, act), seen, { name: person.name, ...said });
    return outcome.ok ? accept({ facts: [outcome.value], output: { person: person.id } }) : outcome;
  },
});

export const assignSomebody = operation({
  name: "person.assign",
  phase: "prepare",
  summary: "Give a person other roles",
  action: "people.manage",
  thing: "person",
  input: z.strictObject({ person: PersonId, seen: Seen, roles: Roles }),
  output: Done,
  load: async (input, records) => {
    const person = await records.person(input.person);
    return person && { person, others: await records.othersInOffice(person.id) };
  },
  decide: ({ person, others }, input, act) => {
    const outcome = assignRoles(person, stampOf(undefined, act), input.seen, input.roles, others);
    return outcome.ok ? accept({ facts: [outcome.value], output: { person: person.id } }) : outcome;
  },
});

export const deactivateSomebody = operation({
  name: "person.deactivate",
  phase: "prepare",
  summary: "End a person's access; what they did stays on record",
  action: "people.manage",
  thing: "person",
  input: z.strictObject({ person: PersonId, reason: prose(1000).default("") }),
  output: Done,
  load: async (input, records) => {
    const person = await records.person(input.person);
    return person && { person, others: await records.othersInOffice(person.id) };
  },
  decide: ({ person, others }, input, act) => {
    const outcome = setActive(person, stampOf(undefined, act), "inactive", input.reason, others);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "sessions_ended", person: person.id }],
      output: { person: person.id },
    });
  },
});

export const reactivateSomebody = operation({
  name: "person.reactivate",
  phase: "prepare",
  summary: "Renew a person's access",
  action: "people.manage",
  thing: "person",
  input: z.strictObject({ person: PersonId, reason: prose(1000).default("") }),
  output: Done,
  load: async (input, records) => {
    const person = await records.person(input.person);
    return person && { person, others: await records.othersInOffice(person.id) };
  },
  decide: ({ person, others }, input, act) => {
    const outcome = setActive(person, stampOf(undefined, act), "active", input.reason, others);
    return outcome.ok ? accept({ facts: [outcome.value], output: { person: person.id } }) : outcome;
  },
});

function invite(person: PersonId, fresh: { readonly secret: string; readonly sha256: string }, now: Instant) {
  const expiresAt = instantAt(unixMsOf(now) + INVITATION_MS);
  return {
    effect: { kind: "invitation" as const, person, secretSha256: fresh.sha256, expiresAt },
    invitation: `/welcome#${fresh.secret}`,
    expiresAt,
  };
}
