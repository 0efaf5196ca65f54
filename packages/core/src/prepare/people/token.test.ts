import { describe, expect, it } from "vitest";
import { idFrom, type PersonId } from "../../kernel/id.ts";
import { type Instant, instantAt, stampNow, unixMsOf } from "../../kernel/time.ts";
import { PROOF_MS } from "./proof.ts";
import { makeToken, TOKEN_SCOPES, type Token } from "./token.ts";

const NOW = "2026-11-22T10:00:00.000Z" as Instant;
const ADA: PersonId = idFrom("psn", unixMsOf(NOW), new Uint8Array(10));

function aToken(about: Partial<Token> = {}): Token {
  const id = idFrom("tok", unixMsOf(NOW), new Uint8Array(10));
  const base = { id, person: ADA, name: "sensor", scopes: ["own" as const], lastUsedAt: null };
  return { ...base, madeAt: NOW, expiresAt: instantAt(unixMsOf(NOW) + 1), ...about };
}

function make(about: { live?: readonly Token[]; provedAt?: Instant | undefined; name?: string } = {}) {
  const said = { name: about.name ?? "gate", scopes: ["log.write", "own", "log.write"] as const, days: 30 };
  const provedAt = "provedAt" in about ? about.provedAt : NOW;
  return makeToken(aToken().id, ADA, stampNow(NOW, "UTC"), about.live ?? [], provedAt, said);
}

describe("a token", () => {
  it("is on record with its name, its scopes each once, and its end", () => {
    const outcome = make();

    expect(outcome).toMatchObject({
      ok: true,
      value: {
        expiresAt: "2026-12-22T10:00:00.000Z",
        fact: { type: "person.token_made", body: { tokenName: "gate", scopes: ["own", "log.write"] } },
      },
    });
  });

  it("is not made from a desk that somebody left unlocked", () => {
    const earlier = (ms: number): Instant => instantAt(unixMsOf(NOW) - ms);

    expect(make({ provedAt: earlier(PROOF_MS - 1) }).ok).toBe(true);
    for (const provedAt of [undefined, earlier(PROOF_MS)]) {
      expect(make({ provedAt })).toMatchObject({ ok: false, refusal: { code: "session.proof_needed" } });
    }
  });

  it("needs a name of its own, so that the right one is revoked", () => {
    expect(make({ name: "sensor", live: [aToken()] })).toEqual({
      ok: false,
      refusal: { code: "token.name_taken", name: "sensor" },
    });
  });

  it("can be made fifty times a person", () => {
    const live = Array.from({ length: 50 }, (_, index) => aToken({ name: `n${index}` }));

    expect(make({ live: live.slice(1) }).ok).toBe(true);
    expect(make({ live })).toMatchObject({ ok: false, refusal: { code: "token.too_many" } });
  });

  it("can never be made for giving access or adopting policy", () => {
    expect(TOKEN_SCOPES).not.toContain("people.manage");
    expect(TOKEN_SCOPES).not.toContain("policy.manage");
    expect(TOKEN_SCOPES).not.toContain("evidence.destroy");
  });
});
