import {
  IdentityId,
  line,
  PasskeyId,
  PersonDetails,
  PersonId,
  Role,
  SignInName,
  UploadId,
} from "@jumpkit/core";
import * as z from "zod";

/**
 * What the routes beside `execute` take and give. They touch operational tables only: credentials, sessions
 * and uploads are never entries. The one exception, set-up, founds the organisation through the log as well.
 */

/** No passphrase is longer; argon2 would spend its time on the rest. */
const Passphrase = z.string().min(1).max(1024);
const Secret = z.string().regex(/^[0-9a-f]{64}$/, { error: "is not the secret of a link" });

/** `POST /v1/session` */
export const SignInInput = z.strictObject({ signInName: z.string().max(64), passphrase: Passphrase });

/** What an authenticator shows, or a recovery code. */
const Code = z.string().min(1).max(40);

/** `POST /v1/session/proof`: that it is still the same person, before they change how they sign in. */
export const ProofInput = z
  .strictObject({ passphrase: Passphrase.optional(), code: Code.optional() })
  .refine(({ passphrase, code }) => (passphrase === undefined) !== (code === undefined), {
    error: "takes the passphrase or a code, one of them",
  });

/** `POST /v1/session/code`: the second step of a sign-in. */
export const CodeInput = z.strictObject({ step: Secret, code: Code });

/** `POST /v1/session/passkey/ask`: with the step of a sign-in that waits for it, or alone. */
export const PasskeyAskInput = z.strictObject({ step: Secret.optional() });

/** What a browser answers for a passkey; its form is WebAuthn's, and a library of ours judges it. */
export const PasskeyInput = z.strictObject({
  step: Secret,
  response: z.looseObject({ id: z.string().max(2000) }),
});

/** What a browser is to do with a passkey, in the form of WebAuthn. */
export const PasskeyAsked = z.object({ step: z.string(), options: z.record(z.string(), z.unknown()) });

/** `POST /v1/factor/begin`: what to type or scan into an authenticator; it counts after `factor.set`. */
export const FactorBegun = z.object({ secret: z.string(), uri: z.string() });

/** `POST /v1/factor/check`: a code of the authenticator that is being set up. */
export const FactorCheckInput = z.strictObject({ code: Code });
export const FactorChecked = z.object({ checked: z.boolean() });

/** `POST /v1/passkey/keep`: the new passkey, to be added under a name with `passkey.add`. */
export const PasskeyKept = z.object({ passkey: PasskeyId });

/** `GET /v1/session`: who is signed in, and whether this server still waits for its set-up. */
export const SessionView = z.object({
  signedIn: z.boolean(),
  setUpNeeded: z.boolean(),
  person: z
    .object({ id: PersonId, name: z.string(), title: z.string(), zone: z.string(), roles: z.array(Role) })
    .nullable(),
  second: z
    .object({ step: z.string(), ways: z.array(z.enum(["code", "passkey", "recovery"])) })
    .nullable()
    .describe("the step that is still to take after the right passphrase"),
});

/** `GET /v1/oidc`: the provider at which people may sign in. */
export const ProviderView = z.object({ name: z.string().nullable().describe("null when there is none") });

/** `POST /v1/oidc/start`: to sign in, or as somebody who is signed in, to link an account. */
export const VisitInput = z.strictObject({ link: z.boolean().default(false) });
export const VisitBegun = z.object({ address: z.string().describe("where the browser goes now") });

/** `POST /v1/oidc/finish`: the query with which the provider sent the browser back. */
export const VisitFinishInput = z.strictObject({ answer: z.string().max(8000) });
export const VisitFinished = z.object({
  session: SessionView.nullable().describe("after a visit to sign in"),
  identity: IdentityId.nullable().describe("after a visit to link: what identity.link takes"),
});

/** `POST /v1/setup`: the organisation and its first person, who is manager, lead, handler and administrator. */
export const SetUpInput = z.strictObject({
  token: Secret,
  organisation: line(200),
  codePrefix: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{0,7}$/, { error: "takes 1 to 8 capital letters and digits, a letter first" })
    .default("JK"),
  signInName: SignInName,
  ...PersonDetails.shape,
  passphrase: Passphrase,
});

/** `POST /v1/welcome`: the passphrase of somebody who was invited. */
export const WelcomeInput = z.strictObject({ token: Secret, passphrase: Passphrase });

/** `POST /v1/passphrase`: how hard a passphrase is to guess; `about` are words the guesser would try first. */
export const StrengthInput = z.strictObject({
  passphrase: Passphrase,
  about: z.array(z.string().max(300)).max(10).default([]),
});
export const StrengthView = z.object({
  score: z.int().min(0).max(4),
  enough: z.boolean(),
  warning: z.string(),
  suggestions: z.array(z.string()),
});

/** `PUT /v1/upload/{incident}?name=…&sha256=…`: the bytes of one file, streamed. */
export const UploadQuery = z.strictObject({
  name: z.string().min(1).max(1024).describe("the file's name, kept as data and never used as a path"),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe("announced digest; anything else that arrives is refused"),
});
export const UploadView = z.object({
  upload: UploadId,
  sha256: z.string(),
  sizeBytes: z.int(),
  name: z.string(),
});

/** An event of `GET /v1/live`: something changed; ask again for what you show of it. */
export const LiveHint = z.object({
  topic: z.string().describe("the kind of thing, such as incident, sign or people"),
  id: z.string().describe("the thing; empty when more changed than a hint names"),
});

/** What one looks at now: `POST /v1/presence`. It is never recorded. */
export const LookInput = z.strictObject({
  thing: z.string().max(40).nullable().describe("an incident or a sign; null for neither any more"),
  tab: z.string().regex(/^[\w-]{8,64}$/),
});
