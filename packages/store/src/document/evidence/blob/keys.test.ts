import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newIdentity } from "./age-key.ts";
import { openText } from "./age-text.ts";
import { openKeyRing, UnreadableKey } from "./keys.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jumpkit-keys-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("the key ring", () => {
  it("is the same after a restart", async () => {
    const before = await openKeyRing(folder);
    const { key, wrapped } = before.newIncidentKey();

    const after = await openKeyRing(folder);

    expect(after.unwrap(wrapped).secret).toBe(key.secret);
    expect(after.serverRecipient).toBe(before.serverRecipient);
    expect(after.nameOf("ab")).toBe(before.nameOf("ab"));
  });

  it("is one ring when two servers start together", async () => {
    const rings = await Promise.all([openKeyRing(folder), openKeyRing(folder), openKeyRing(folder)]);

    expect(new Set(rings.map(({ serverRecipient }) => serverRecipient)).size).toBe(1);
    expect(new Set(rings.map(({ nameOf }) => nameOf("00"))).size).toBe(1);
  });

  it("keeps its files to this account", async () => {
    await openKeyRing(folder);

    for (const name of ["server.key", "blob-names.key"]) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  it("wraps an incident's key for the recovery key that is kept offline", async () => {
    const recovery = newIdentity();
    const ring = await openKeyRing(folder, recovery.recipient.text);

    const { key, wrapped } = ring.newIncidentKey();

    expect(openText(wrapped, recovery)).toBe(`${key.secret}\n`);
  });

  it("wraps an old key for a recovery key that came later", async () => {
    const { key, wrapped } = (await openKeyRing(folder)).newIncidentKey();
    const recovery = newIdentity();
    const ring = await openKeyRing(folder, recovery.recipient.text);

    const again = ring.wrap(ring.unwrap(wrapped));

    expect(openText(wrapped, recovery)).toBeUndefined();
    expect(openText(again, recovery)).toBe(`${key.secret}\n`);
  });

  it("says which file is needed when it cannot open an incident's key", async () => {
    const { wrapped } = (await openKeyRing(folder)).newIncidentKey();
    await rm(join(folder, "server.key"));
    const ring = await openKeyRing(folder);

    expect(() => ring.unwrap(wrapped)).toThrow(UnreadableKey);
    expect(() => ring.unwrap(wrapped)).toThrow(join(folder, "server.key"));
  });

  it("refuses a key file that holds no key instead of making a new one", async () => {
    await writeFile(join(folder, "server.key"), "");

    await expect(openKeyRing(folder)).rejects.toThrow(/not a secret key/);
    expect(await readFile(join(folder, "server.key"), "utf8")).toBe("");
  });
});
