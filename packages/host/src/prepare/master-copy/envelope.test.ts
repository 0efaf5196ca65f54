import { describe, expect, it } from "vitest";
import {
  approveEnvelope,
  type EnvelopeDemands,
  isDay,
  type MasterCopyStatement,
  prepareEnvelope,
  readEnvelope,
  unmetDemands,
} from "./envelope.ts";
import { makeKey, readPublicKey, readSecretKey } from "./key.ts";
import { ManifestRefused } from "./manifest.ts";

const [ana, bo, eve] = ["ana", "bo", "eve"].map((name) => {
  const { secret, vkey } = makeKey(name);
  return { signer: readSecretKey(secret, name), key: readPublicKey(vkey, name) };
}) as [Person, Person, Person];
type Person = { signer: ReturnType<typeof readSecretKey>; key: ReturnType<typeof readPublicKey> };

const statement: MasterCopyStatement = {
  manifestName: "www3.manifest.gz",
  manifestSha256: "ab".repeat(32),
  host: "www3",
  purpose: "as-installed",
  version: 3,
  expiresOn: "2027-03-01",
  preparedAt: "2026-03-01T10:00:00.000Z",
  preparedBy: "ana",
};

const demands = (more: Partial<EnvelopeDemands> = {}): EnvelopeDemands => ({
  manifestSha256: statement.manifestSha256,
  preparer: ana.key,
  approver: bo.key,
  today: "2027-03-01",
  allowExpired: false,
  versionMin: 3,
  ...more,
});

async function approved(): Promise<string> {
  const prepared = await prepareEnvelope(statement, ana.signer);
  return approveEnvelope(readEnvelope(prepared, "envelope"), bo.signer);
}

const unmet = (text: string, more: Partial<EnvelopeDemands> = {}): string[] =>
  unmetDemands(readEnvelope(text, "envelope"), demands(more));

describe("the signatures of a master copy", () => {
  it("hold when two people signed what lies there, until its last day", async () => {
    expect(unmet(await approved())).toEqual([]);
    expect(readEnvelope(await approved(), "envelope").statement).toEqual(statement);
  });

  it("do not hold for another manifest, another approver, a later day or an older version", async () => {
    const text = await approved();

    expect(unmet(text, { manifestSha256: "cd".repeat(32) })).toHaveLength(1);
    expect(unmet(text, { approver: eve.key })).toEqual(["There is no good signature of the approver eve."]);
    expect(unmet(text, { today: "2027-03-02" })).toHaveLength(1);
    expect(unmet(text, { today: "2027-03-02", allowExpired: true })).toEqual([]);
    expect(unmet(text, { versionMin: 4 })).toHaveLength(1);
  });

  it("lack the approver's until there is one", async () => {
    const text = await prepareEnvelope(statement, ana.signer);

    expect(unmet(text)).toEqual(["There is no good signature of the approver bo."]);
    expect(unmet(text, { approver: undefined })).toEqual([]);
  });

  it("do not hold when the statement was changed after signing", async () => {
    const envelope = JSON.parse(await approved());
    const payload = Buffer.from(envelope.payload, "base64").toString().replace("2027-03-01", "2037-03-01");
    const text = JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString("base64") });

    expect(unmet(text)).toHaveLength(2);
  });

  it("are never both of one person", async () => {
    const prepared = readEnvelope(await prepareEnvelope(statement, ana.signer), "envelope");

    await expect(approveEnvelope(prepared, ana.signer)).rejects.toThrow(ManifestRefused);
    expect(unmet(await approved(), { approver: ana.key })).not.toEqual([]);
  });

  it("are not added twice", async () => {
    const text = await approved();

    await expect(approveEnvelope(readEnvelope(text, "envelope"), bo.signer)).rejects.toThrow(/already/u);
  });
});

describe("what is not an envelope is refused", () => {
  it.each(["", "{}", "null", '{"payloadType":"application/vnd.in-toto+json","payload":"","signatures":[]}'])(
    "%s",
    (text) => {
      expect(() => readEnvelope(text, "envelope")).toThrow(ManifestRefused);
    },
  );

  it("as is a day that is not in the calendar", () => {
    expect(["2027-02-28", "2028-02-29"].every(isDay)).toBe(true);
    expect(["2027-02-29", "2027-13-01", "soon", "2027-1-1"].some(isDay)).toBe(false);
  });

  it("as is a key of another kind", () => {
    expect(() => readSecretKey("-----BEGIN PRIVATE KEY-----\n", "file")).toThrow(ManifestRefused);
    expect(() => readPublicKey("ana+00000000+AAAA", "file")).toThrow(ManifestRefused);
    expect(() => makeKey("two words")).toThrow(ManifestRefused);
  });
});
