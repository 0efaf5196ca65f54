import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type DkimCheck, SIGNATURES_MAX } from "@jumpkit/core";
import { bodyHash, type Canonical, type RawMail, rawMail, signedHeader } from "./dkim-canonical.ts";

/** What the name service says at a name: its texts, `none`, or `fault` when nobody could be asked. */
export type AskTexts = (name: string) => Promise<readonly string[] | "none" | "fault">;

type Result = DkimCheck["result"];
type Tags = ReadonlyMap<string, string>;

/** Weaker keys are anybody's. @source RFC 8301 §3.2 */
const MODULUS_MIN_BITS = 1024;
const MODULUS_MAX_BITS = 8192;

/**
 * What we find ourselves of a mail's DKIM signatures, in their order; none where it bears none.
 *
 * A signature counts only when it covers the sender and the whole body: what it leaves open, others can fill.
 *
 * @param now  the moment at which a signature may have run out
 * @source     RFC 6376 §6.1; RFC 8301: no SHA-1; RFC 8463 for Ed25519
 */
export async function checkDkim(bytes: Uint8Array, ask: AskTexts, now: Date): Promise<readonly DkimCheck[]> {
  const mail = rawMail(bytes);
  const own = mail.fields.filter(({ name }) => name === "dkim-signature").slice(0, SIGNATURES_MAX);
  return Promise.all(
    own.map(async ({ raw }) => {
      const tags = tagsIn(raw.slice(raw.indexOf(":") + 1));
      const domain = nameIn(tags, "d");
      const result = await resultOf(mail, raw, tags, ask, now);
      return { domain, selector: nameIn(tags, "s"), result };
    }),
  );
}

async function resultOf(mail: RawMail, raw: string, tags: Tags, ask: AskTexts, now: Date): Promise<Result> {
  const domain = nameIn(tags, "d");
  const selector = nameIn(tags, "s");
  const names = (tags.get("h") ?? "")
    .toLowerCase()
    .split(":")
    .map((each) => each.trim());
  const [forHeader, forBody] = canonicalsIn(tags);
  if (tags.get("v") !== "1" || domain === "" || selector === "" || !names.includes("from"))
    return "permerror";
  if (forHeader === undefined || forBody === undefined || !isWithin(tags, domain)) return "permerror";
  const algorithm = tags.get("a") ?? "";
  if (algorithm !== "rsa-sha256" && algorithm !== "ed25519-sha256") return "policy";
  if (tags.has("l")) return "policy";
  const expires = Number(tags.get("x") ?? Number.POSITIVE_INFINITY);
  if (expires * 1000 < now.getTime()) return "policy";
  if (bodyHash(mail.body, forBody) !== compact(tags.get("bh"))) return "fail";
  const key = await keyAt(`${selector}._domainkey.${domain}`, algorithm, ask);
  if (typeof key === "string") return key;
  const signed = signedHeader(mail, names, raw, forHeader);
  const signature = Buffer.from(compact(tags.get("b")), "base64");
  return holds(algorithm, signed, key, signature) ? "pass" : "fail";
}

function holds(algorithm: string, signed: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  try {
    if (algorithm === "rsa-sha256") return verify("sha256", signed, key, signature);
    return verify(null, createHash("sha256").update(signed).digest(), key, signature);
  } catch {
    return false;
  }
}

/** The key of a signature, or what its absence comes to. @source RFC 6376 §3.6.1, §6.1.2 */
async function keyAt(name: string, algorithm: string, ask: AskTexts): Promise<KeyObject | Result> {
  const texts = await ask(name);
  if (texts === "fault") return "temperror";
  const [record] = texts === "none" ? [] : texts;
  if (record === undefined) return "permerror";
  const tags = tagsIn(record);
  const kind = tags.get("k") ?? "rsa";
  if ((tags.get("v") ?? "DKIM1") !== "DKIM1" || algorithm !== `${kind}-sha256`) return "permerror";
  const hashes = listIn(tags, "h");
  const services = listIn(tags, "s");
  if (hashes.length > 0 && !hashes.includes("sha256")) return "permerror";
  if (services.length > 0 && !services.includes("*") && !services.includes("email")) return "permerror";
  // What is only tried out says nothing.
  if (listIn(tags, "t").includes("y")) return "neutral";
  return publicKey(kind, compact(tags.get("p"))) ?? "permerror";
}

function publicKey(kind: string, encoded: string): KeyObject | undefined {
  try {
    const bytes = Buffer.from(encoded, "base64");
    if (kind === "ed25519") {
      return createPublicKey({
        key: { kty: "OKP", crv: "Ed25519", x: bytes.toString("base64url") },
        format: "jwk",
      });
    }
    const key = createPublicKey({ key: bytes, format: "der", type: "spki" });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const usable = key.asymmetricKeyType === "rsa" && bits >= MODULUS_MIN_BITS && bits <= MODULUS_MAX_BITS;
    return usable ? key : undefined;
  } catch {
    return undefined;
  }
}

/** `tag=value` with semicolons between; a tag that stands there twice makes none of them count. */
function tagsIn(text: string): Tags {
  const tags = new Map<string, string>();
  for (const each of text.slice(0, 20_000).split(";")) {
    const at = each.indexOf("=");
    if (at === -1) continue;
    const name = each.slice(0, at).trim();
    if (tags.has(name)) return new Map();
    tags.set(
      name,
      each
        .slice(at + 1)
        .replaceAll("\r\n", "")
        .trim(),
    );
  }
  return tags;
}

/** A name that may be asked about, folded; empty for anything else. */
function nameIn(tags: Tags, tag: string): string {
  const name = (tags.get(tag) ?? "").toLowerCase();
  return /^(?=.{1,180}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/u.test(
    name,
  )
    ? name
    : "";
}

function listIn(tags: Tags, tag: string): readonly string[] {
  return (tags.get(tag) ?? "").split(":").flatMap((each) => each.trim().toLowerCase() || []);
}

function canonicalsIn(tags: Tags): readonly [Canonical | undefined, Canonical | undefined] {
  const [header = "simple", body = "simple"] = (tags.get("c") ?? "simple/simple").toLowerCase().split("/");
  return [canonical(header), canonical(body)];
}

function canonical(word: string): Canonical | undefined {
  return word === "simple" || word === "relaxed" ? word : undefined;
}

/** Whether the signer speaks for somebody within its own domain. */
function isWithin(tags: Tags, domain: string): boolean {
  const agent = tags.get("i");
  if (agent === undefined) return true;
  const at = agent.slice(agent.lastIndexOf("@") + 1).toLowerCase();
  return at === domain || at.endsWith(`.${domain}`);
}

function compact(text: string | undefined): string {
  return (text ?? "").replaceAll(/[ \t\r\n]/gu, "");
}
