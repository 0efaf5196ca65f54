import { randomBytes } from "node:crypto";
import type { Origin, SecondFactors as Port, RelyingParty, StepOutcome, Viewer } from "@jumpkit/app";
import type { Instant, PasskeyId } from "@jumpkit/core";
import type pg from "pg";
import { runStatement, withTransaction } from "../../database/transaction.ts";
import type { Attempts } from "./attempts.ts";
import { authenticationOptions, keepNewPasskey, ownerOfPasskey, registrationOptions } from "./passkeys.ts";
import type { Seal } from "./seal-key.ts";
import { beginStep, endStep, isCode, noteWrong, setChallenge, stepOf } from "./second-step.ts";
import { noteProof, openSession } from "./sessions.ts";
import { base32, otpauthUri } from "./totp.ts";

/** As long as the digest that codes are made with. @source RFC 4226 §4, requirement R6 */
const SECRET_BYTES = 20;

/** What second factors stand on. */
export interface SecondFactorParts {
  readonly pool: pg.Pool;
  readonly now: () => Instant;
  readonly seal: Seal;
  readonly attempts: Attempts;
}

/** Authenticators and passkeys: operational tables, which are never entries. */
export class SecondFactors implements Port {
  readonly #parts: SecondFactorParts;

  constructor(parts: SecondFactorParts) {
    this.#parts = parts;
  }

  async begin(viewer: Viewer): Promise<{ readonly secret: string; readonly uri: string }> {
    const { pool, now, seal } = this.#parts;
    const { organisation, id } = viewer;
    const secret = randomBytes(SECRET_BYTES);
    const { rows } = await runStatement<{ name: string; sign_in_name: string }>(
      pool,
      `SELECT o.name, p.sign_in_name FROM organisation o JOIN person p USING (organisation)
       WHERE o.organisation = $1 AND p.id = $2`,
      [organisation, id],
    );
    await runStatement(
      pool,
      `INSERT INTO second_factor (organisation, person, sealed, begun_at, is_new) VALUES ($1, $2, $3, $4, true)
       ON CONFLICT (organisation, person, is_new) DO UPDATE
         SET sealed = $3, begun_at = $4, checked_at = NULL, last_step = 0`,
      [organisation, id, seal.seal(secret, `${organisation} ${id}`), now()],
    );
    const issuer = `Jumpkit ${rows[0]?.name ?? ""}`.trim();
    return { secret: base32(secret), uri: otpauthUri(secret, issuer, rows[0]?.sign_in_name ?? id) };
  }

  async check(viewer: Viewer, code: string): Promise<boolean> {
    const { pool, seal, now } = this.#parts;
    const { organisation, id: person } = viewer;
    return isCode(pool, seal, now(), { organisation, person, isNew: true }, code);
  }

  async prove(viewer: Viewer, code: string): Promise<boolean> {
    const { pool, seal, now } = this.#parts;
    const { organisation, id: person } = viewer;
    if (!(await isCode(pool, seal, now(), { organisation, person, isNew: false }, code))) return false;
    await noteProof(pool, viewer, now());
    return true;
  }

  async finish(step: string, code: string, from: Origin): Promise<StepOutcome> {
    const { pool, seal, now, attempts } = this.#parts;
    const found = await stepOf(pool, now(), step);
    if (found?.organisation === undefined || found.person === undefined) return { kind: "ended" };
    const waitSeconds = await attempts.code(found.person);
    if (waitSeconds !== undefined) return { kind: "wait", seconds: waitSeconds };
    const whose = { organisation: found.organisation, person: found.person };
    if (!(await isCode(pool, seal, now(), { ...whose, isNew: false }, code))) {
      await noteWrong(pool, step);
      return { kind: "wrong" };
    }
    await attempts.forgiveCode(found.person);
    return this.#enter(step, whose, from);
  }

  async makingOptions(viewer: Viewer, at: RelyingParty) {
    const { pool, now } = this.#parts;
    const step = await beginStep(pool, now(), { organisation: viewer.organisation, person: viewer.id });
    const options = await registrationOptions(pool, viewer, at);
    await setChallenge(pool, step, options.challenge);
    return { step, options };
  }

  async keep(
    viewer: Viewer,
    at: RelyingParty,
    step: string,
    response: unknown,
  ): Promise<PasskeyId | undefined> {
    const { pool, now } = this.#parts;
    const found = await stepOf(pool, now(), step);
    if (found?.person !== viewer.id || found.challenge === "" || !(await endStep(pool, step)))
      return undefined;
    return keepNewPasskey(pool, now(), viewer, at, found.challenge, response);
  }

  async signInOptions(at: RelyingParty, step: string | undefined) {
    const { pool, now } = this.#parts;
    const running = step ?? (await beginStep(pool, now(), undefined));
    const found = await stepOf(pool, now(), running);
    if (found === undefined) return undefined;
    const { organisation, person } = found;
    const whose = organisation === undefined || person === undefined ? undefined : { organisation, person };
    const options = await authenticationOptions(pool, at, whose);
    await setChallenge(pool, running, options.challenge);
    return { step: running, options };
  }

  async finishByPasskey(
    at: RelyingParty,
    step: string,
    response: unknown,
    from: Origin,
  ): Promise<StepOutcome> {
    const { pool, now } = this.#parts;
    const found = await stepOf(pool, now(), step);
    if (found === undefined || found.challenge === "") return { kind: "ended" };
    // One challenge, one answer.
    await setChallenge(pool, step, "");
    const alone = found.person === undefined;
    const owner = await ownerOfPasskey(pool, now(), at, found.challenge, response, alone);
    const isTheirs =
      owner !== undefined &&
      (alone || (owner.person === found.person && owner.organisation === found.organisation));
    if (!isTheirs) {
      await noteWrong(pool, step);
      return { kind: "wrong" };
    }
    return this.#enter(step, owner, from);
  }

  /** Ends the step and begins the session; of two right answers at once, one gets in. */
  async #enter(
    step: string,
    whose: { readonly organisation: string; readonly person: string },
    from: Origin,
  ): Promise<StepOutcome> {
    const { pool, now } = this.#parts;
    if (!(await endStep(pool, step))) return { kind: "ended" };
    const { rowCount } = await runStatement(
      pool,
      "SELECT 1 FROM person WHERE organisation = $1 AND id = $2 AND active",
      [whose.organisation, whose.person],
    );
    if (rowCount === 0) return { kind: "ended" };
    const secret = await withTransaction(pool, whose.organisation, (client) =>
      openSession(client, { ...whose, from }, now()),
    );
    return { kind: "in", secret };
  }
}
