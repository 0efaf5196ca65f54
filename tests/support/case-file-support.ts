import { createHash, createPrivateKey } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  appendLeaf,
  digestDisclosure,
  ed25519Signer,
  emptyFrontier,
  formatCheckpoint,
  inclusionProof,
  leafHash,
  makeDisclosure,
  type NodeReader,
  rootOf,
  type Signer,
  signNote,
} from "@jumpkit/tlog";
import { extract, pack } from "tar-stream";
import { verifyScript } from "../../packages/jumpkit/src/assets.ts";
import {
  type CaseFileEntry,
  readReportEntry,
  renderReport,
  writeCaseFile,
} from "../../packages/store/src/document/case-file/index.ts";

export const CODE = "JK-2026-0042";
export const ORIGIN = "irt.example/log/one";
const NOW = "2026-11-22T12:00:00.000Z";

/** The files of an unpacked case file by path, without its top folder. */
export type Files = ReadonlyMap<string, Buffer>;

/** A random source that gives the same sequence for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A log key that depends on nothing but `seed`. */
export function aSigner(seed: number, name = ORIGIN): Signer {
  const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
  const secret = createHash("sha256").update(`key ${seed}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: "der", type: "pkcs8" });
  return ed25519Signer(name, key.export({ format: "pem", type: "pkcs8" }).toString());
}

interface Happening {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Names of fields that are not handed out. */
  readonly withheld?: readonly string[];
}

export const BLOBS = [Buffer.from("memory of the host"), Buffer.alloc(40_000, "disk"), Buffer.alloc(0)];

const ANA = { id: "psn_1", name: "Ana Weiß", title: "Handler", phone: "+41 44 000 00 00" };
const BO = { id: "psn_2", name: "Bo Chen", title: "Examiner", phone: "+41 44 000 00 01" };

function contentOf(bytes: Buffer, name: string) {
  return { sha256: sha256(bytes), sizeBytes: bytes.length, name };
}

/** An incident from its report to its export, with everything a verifier treats in its own way. */
export const INCIDENT: readonly Happening[] = [
  { type: "incident.reported", fields: { code: CODE, title: "Odd logins", tlp: "TLP:AMBER" } },
  { type: "incident.declared", fields: { policyClause: "4.2", lead: null } },
  { type: "incident.assessed", fields: { priority: "high", informationImpact: ["privacy_breach"] } },
  { type: "log.noted", fields: { text: "10:41 called the ISP\nno answer", kind: "call" } },
  {
    type: "evidence.collected",
    fields: {
      item: "evd_1",
      number: 1,
      content: contentOf(BLOBS[0] ?? Buffer.alloc(0), 'a ","sha256":"b" .raw'),
    },
  },
  { type: "evidence.collected", fields: { item: "evd_2", number: 2, content: null } },
  { type: "log.noted", fields: { text: "the name of a victim", kind: "note" }, withheld: ["text"] },
  {
    type: "evidence.collected",
    fields: { item: "evd_3", number: 3, content: contentOf(BLOBS[1] ?? Buffer.alloc(0), "d") },
  },
  {
    type: "evidence.collected",
    fields: { item: "evd_4", number: 4, content: contentOf(BLOBS[1] ?? Buffer.alloc(0), "e") },
  },
  {
    type: "evidence.collected",
    fields: { item: "evd_5", number: 5, content: contentOf(BLOBS[2] ?? Buffer.alloc(0), "") },
  },
  { type: "handover.offered", fields: { item: "evd_1", to: BO, purpose: "Examination" } },
  { type: "handover.accepted", fields: { item: "evd_1", actor: BO, from: ANA, condition: "intact" } },
  { type: "log.corrected", fields: { corrects: 4, text: "it was 10:42", reason: "typing" } },
  { type: "incident.closed", fields: { summary: "Done" } },
  { type: "incident.exported", fields: { entries: 15, recipient: "Court", purpose: "Trial" } },
];

/** How a case file is made; every choice has a default. */
export interface CaseFileChoices {
  readonly seed?: number;
  readonly signer?: Signer;
  readonly happenings?: readonly Happening[];
  /** Changes what an entry says of itself before it is logged. */
  readonly alterHeader?: (header: Record<string, unknown>) => Record<string, unknown>;
  readonly blobs?: readonly Buffer[];
}

/** The tar of a case file, made by the product's writer over a log held in memory. */
export async function aCaseFile(choices: CaseFileChoices = {}): Promise<Buffer> {
  const { seed = 42, signer = aSigner(1), happenings = INCIDENT, blobs = BLOBS } = choices;
  const log = buildLog(seed, happenings, choices.alterHeader ?? ((header) => header));
  const text = formatCheckpoint({ origin: signer.name, size: log.size, root: log.root });
  const entries = await Promise.all(
    log.entries.map(async (entry) => ({
      ...entry,
      proof: await inclusionProof(entry.index, log.size, log.read),
    })),
  );
  const tar = writeCaseFile({
    code: CODE,
    organisation: "Example GmbH",
    now: NOW,
    entries: Readable.from(entries) as AsyncIterable<CaseFileEntry>,
    checkpoint: await signNote(text, [signer]),
    signer,
    evidence: blobs.map((bytes) => ({
      sha256: sha256(bytes),
      sizeBytes: bytes.length,
      open: () => Readable.from(bytes.length === 0 ? [] : [bytes]),
    })),
    report: renderReport({
      code: CODE,
      organisation: "Example GmbH",
      now: NOW,
      entries: entries.map(({ leaf, disclosures }) => readReportEntry(leaf, disclosures)),
    }),
    verifyScript: verifyScript(),
  });
  return buffer(tar);
}

interface Log {
  readonly size: number;
  readonly root: Buffer;
  readonly read: NodeReader;
  readonly entries: readonly Omit<CaseFileEntry, "proof">[];
}

/** A log in which the entries of our incident stand between those of others. */
function buildLog(
  seed: number,
  happenings: readonly Happening[],
  alter: (header: Record<string, unknown>) => Record<string, unknown>,
): Log {
  const random = randomFrom(seed);
  const kept = new Map<string, Buffer>();
  const entries: Omit<CaseFileEntry, "proof">[] = [];
  let frontier = emptyFrontier();
  let previous: string | null = null;
  const append = (leaf: Buffer): void => {
    const appended = appendLeaf(frontier, leafHash(leaf));
    for (const node of appended.nodes) kept.set(`${node.level}/${node.index}`, node.hash);
    frontier = appended.frontier;
  };
  const others = (): void => {
    for (let more = Math.floor(random() * 9); more > 0; more -= 1) append(Buffer.from(`other ${random()}`));
  };
  const incident = makeDisclosure({ salt: salt(random), name: "incident", value: "inc_1" });
  for (const [place, happening] of happenings.entries()) {
    others();
    const fields = Object.entries({ actor: ANA, zone: "Europe/Zurich", ...happening.fields });
    const texts = fields.map(
      ([name, value]) => [name, makeDisclosure({ salt: salt(random), name, value })] as const,
    );
    const header = alter({
      v: 1,
      seq: frontier.size,
      type: happening.type,
      tv: 1,
      at: `2026-11-22T10:${String(place).padStart(2, "0")}:30.123+01:00`,
      rx: `2026-11-22T09:${String(place).padStart(2, "0")}:30.130Z`,
      incident: digestDisclosure(incident),
      incidentSeq: place + 1,
      incidentPrev: previous,
      _sd_alg: "sha-256",
      _sd: texts.map(([, text]) => digestDisclosure(text)).sort(),
    });
    const leaf = Buffer.from(JSON.stringify(header));
    const shown = texts.filter(([name]) => !happening.withheld?.includes(name)).map(([, text]) => text);
    entries.push({ leaf, disclosures: [incident, ...shown], index: frontier.size });
    previous = leafHash(leaf).toString("base64url");
    append(leaf);
  }
  others();
  const read: NodeReader = (positions) =>
    positions.map(({ level, index }) => kept.get(`${level}/${index}`) ?? Buffer.alloc(0));
  return { size: frontier.size, root: rootOf(frontier), read, entries };
}

function salt(random: () => number): string {
  return Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256))).toString("base64url");
}

/** The files of a case file's tar. */
export async function filesOf(tar: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reader = extract();
  reader.end(tar);
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
    files.set(entry.header.name.slice(CODE.length + 1), Buffer.concat(chunks));
  }
  return files;
}

/** A tar of these files under the incident's folder. */
export async function tarOf(files: Files): Promise<Buffer> {
  const tar = pack();
  for (const [path, content] of files) tar.entry({ name: `${CODE}/${path}`, mtime: new Date(NOW) }, content);
  tar.finalize();
  return buffer(Readable.from(tar));
}

/** Writes `files` into `folder`, which then holds nothing else of what `before` wrote there. */
export function unpack(folder: string, files: Files, before: Files = new Map()): void {
  for (const path of before.keys()) {
    if (!files.has(path)) rmSync(join(folder, path), { force: true });
  }
  for (const [path, content] of files) {
    if (before.get(path) === content) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
