import { accept, IdentityId, linkIdentity, unlinkIdentity } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";

export const linkSomeIdentity = operation({
  name: "identity.link",
  phase: "prepare",
  summary: "Sign in with an account at the provider that this browser signed in to just now",
  action: "own",
  thing: "identity",
  input: z.strictObject({ identity: IdentityId }),
  output: z.object({ identity: IdentityId }),
  load: async (input, records, act) => {
    const identity = await records.newIdentity(input.identity, act.by.id);
    return identity && { identity, hasCount: (await records.identities(act.by.id)).length };
  },
  decide: ({ identity, hasCount }, _input, act) => {
    const outcome = linkIdentity(identity, stampOf(undefined, act), hasCount, act.by.session?.provedAt);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "identity_linked", identity: identity.id, at: act.now }],
      output: { identity: identity.id },
    });
  },
});

export const unlinkSomeIdentity = operation({
  name: "identity.unlink",
  phase: "prepare",
  summary: "Sign in with an account at the provider no more",
  action: "own",
  thing: "identity",
  input: z.strictObject({ identity: IdentityId }),
  output: z.object({ identity: IdentityId }),
  load: async (input, records, act) =>
    (await records.identities(act.by.id)).find((identity) => identity.id === input.identity),
  decide: (identity, _input, act) => {
    const outcome = unlinkIdentity(identity, stampOf(undefined, act), act.by.session?.provedAt);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "identity_unlinked", identity: identity.id }],
      output: { identity: identity.id },
    });
  },
});
