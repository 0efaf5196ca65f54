import {
  accept,
  addPasskey,
  IdentityId,
  line,
  PasskeyId,
  PersonId,
  prose,
  removePasskey,
  removeSecondFactor,
  SessionId,
  setSecondFactor,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { type Act, operation } from "../operation.ts";
import { query } from "../query.ts";

/** How many recovery codes there are: enough for a lost phone and some mistakes. */
const RECOVERY_CODES = 10;

export const setFactor = operation({
  name: "factor.set",
  phase: "prepare",
  summary: "Sign in with codes of an authenticator from now on; it was checked with one just now",
  action: "own",
  input: z.strictObject({}),
  output: z.object({
    recoveryCodes: z
      .array(z.string())
      .nullable()
      .describe("each works once instead of a code; shown once, null when the request is repeated"),
  }),
  load: async (_input, records, act) => ({ checked: await records.newFactorChecked(act.by.id) }),
  decide: ({ checked }, _input, act) => {
    const outcome = setSecondFactor(act.by.id, stampOf(undefined, act), checked, act.by.session?.provedAt);
    if (!outcome.ok) return outcome;
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(act));
    return accept({
      facts: [outcome.value],
      effects: [
        {
          kind: "second_factor_set",
          person: act.by.id,
          at: act.now,
          recoverySha256: recoveryCodes.map((code) => act.sha256(code)),
        },
      ],
      output: { recoveryCodes: null },
      toldOnce: { recoveryCodes },
    });
  },
});

/** Eighty random bits, grouped for copying by hand. */
function recoveryCode(act: Act): string {
  return act.newSecret().secret.slice(0, 20).match(/.{5}/g)?.join("-") ?? "";
}

export const withoutFactor = operation({
  name: "factor.remove",
  phase: "prepare",
  summary: "Sign in without codes again",
  action: "own",
  input: z.strictObject({}),
  output: z.object({}),
  load: async (_input, records, act) => ({ factor: await records.secondFactor(act.by.id) }),
  decide: ({ factor }, _input, act) => {
    const outcome = removeSecondFactor(act.by.id, stampOf(undefined, act), factor, act.by.session?.provedAt);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "second_factor_removed", person: act.by.id }],
      output: {},
    });
  },
});

export const addSomePasskey = operation({
  name: "passkey.add",
  phase: "prepare",
  summary: "Sign in with a passkey that this browser made just now",
  action: "own",
  thing: "passkey",
  input: z.strictObject({ passkey: PasskeyId, name: line(100).describe("what it is, such as the phone") }),
  output: z.object({ passkey: PasskeyId }),
  load: async (input, records, act) => {
    const passkey = await records.newPasskey(input.passkey, act.by.id);
    return passkey && { passkey, hasCount: (await records.passkeys(act.by.id)).length };
  },
  decide: ({ passkey, hasCount }, { name }, act) => {
    const happened = stampOf(undefined, act);
    const outcome = addPasskey(passkey, happened, hasCount, name, act.by.session?.provedAt);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "passkey_added", passkey: passkey.id, name }],
      output: { passkey: passkey.id },
    });
  },
});

export const removeSomePasskey = operation({
  name: "passkey.remove",
  phase: "prepare",
  summary: "Sign in with a passkey no more",
  action: "own",
  thing: "passkey",
  input: z.strictObject({ passkey: PasskeyId }),
  output: z.object({ passkey: PasskeyId }),
  load: async (input, records, act) =>
    (await records.passkeys(act.by.id)).find((passkey) => passkey.id === input.passkey),
  decide: (passkey, _input, act) => {
    const outcome = removePasskey(passkey, stampOf(undefined, act), act.by.session?.provedAt);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "passkey_removed", passkey: passkey.id }],
      output: { passkey: passkey.id },
    });
  },
});

export const endOneSession = operation({
  name: "session.revoke",
  phase: "prepare",
  summary: "End one of your sessions, such as the one on a lost laptop",
  action: "own",
  thing: "session",
  input: z.strictObject({ session: SessionId }),
  output: z.object({ session: SessionId }),
  load: (input, records, act) => records.session(input.session, act.by.id),
  decide: (session, _input, act) =>
    accept({
      facts: [
        {
          type: "person.session_ended",
          incident: null,
          happened: stampOf(undefined, act),
          body: { person: act.by.id, session: session.id },
        },
      ],
      effects: [{ kind: "session_ended", session: session.id }],
      output: { session: session.id },
    }),
});

export const endAccessOfSomebody = operation({
  name: "person.sign_out",
  phase: "prepare",
  summary: "End every session and token of a person, such as after a theft; they can sign in again",
  action: "people.manage",
  thing: "person",
  input: z.strictObject({ person: PersonId, reason: prose(1000).default("") }),
  output: z.object({ person: PersonId }),
  load: (input, records) => records.person(input.person),
  decide: (person, { reason }, act) =>
    accept({
      facts: [
        {
          type: "person.access_ended",
          incident: null,
          happened: stampOf(undefined, act),
          body: { person: person.id, reason },
        },
      ],
      effects: [{ kind: "sessions_ended", person: person.id }],
      output: { person: person.id },
    }),
});

export const listSessions = query({
  name: "session.list",
  phase: "prepare",
  summary: "Your sessions that last, the latest used first",
  action: "own",
  inPerson: true,
  path: "/v1/session/list",
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z.object({
        id: SessionId,
        beganAt: z.string(),
        seenAt: z.string(),
        agent: z.string().describe("what the browser called itself"),
        address: z.string(),
        current: z.boolean(),
      }),
    ),
  }),
  run: async (_input, reading, viewer) => ({
    items: (await reading.sessionsOf(viewer.id)).map((session) => ({
      ...session,
      current: session.id === viewer.session?.id,
    })),
  }),
});

export const showFactor = query({
  name: "factor.show",
  phase: "prepare",
  summary: "Your second factor, your passkeys and your accounts at a provider",
  action: "own",
  inPerson: true,
  path: "/v1/factor",
  input: z.strictObject({}),
  output: z.object({
    codes: z.object({ setAt: z.string(), codesLeftCount: z.int() }).nullable(),
    passkeys: z.array(
      z.object({
        id: PasskeyId,
        name: z.string(),
        madeAt: z.string(),
        lastUsedAt: z.string().nullable(),
      }),
    ),
    identities: z.array(
      z.object({
        id: IdentityId,
        issuer: z.string(),
        linkedAt: z.string(),
        lastUsedAt: z.string().nullable(),
      }),
    ),
  }),
  run: async (_input, reading, viewer) => ({
    codes: (await reading.secondFactorOf(viewer.id)) ?? null,
    passkeys: [...(await reading.passkeysOf(viewer.id))],
    identities: [...(await reading.identitiesOf(viewer.id))],
  }),
});
