import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  appendLeaf,
  consistencyProof,
  ed25519Signer,
  emptyFrontier,
  type Frontier,
  formatCheckpoint,
  formatProof,
  inclusionProof,
  leafHash,
  type NodeReader,
  openNote,
  parseVkey,
  rootOf,
  signNote,
} from "@jumpkit/tlog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ORIGIN = "irt.example/log/one";
const GOPATH = "/usr/share/gocode";
const PACKAGE = join(GOPATH, "src/golang.org/x/mod/sumdb/tlog");

interface Answers {
  readonly Proofs: readonly string[] | null;
  readonly Growths: readonly string[] | null;
  readonly Vkey: string;
  readonly Note: string;
}

const folder = mkdtempSync(join(tmpdir(), "jumpkit-tlog-go-"));
const program = join(folder, "tlog-go");
const pem = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const signer = ed25519Signer(ORIGIN, pem);
const kept = new Map<string, Buffer>();
const frontiers: Frontier[] = [emptyFrontier()];

const read: NodeReader = (positions) =>
  positions.map(({ level, index }) => kept.get(`${level}/${index}`) ?? Buffer.alloc(0));

function leafText(index: number): string {
  return JSON.stringify({ v: 1, seq: index, type: "log.noted", note: `Eintrag ${index} – größer` });
}

function signedCheckpoint(size: number): Promise<string> {
  const root = rootOf(frontiers[size] ?? emptyFrontier());
  return signNote(formatCheckpoint({ origin: ORIGIN, size, root }), [signer]);
}

async function proofFile(index: number, size: number): Promise<string> {
  const hashes = await inclusionProof(index, size, read);
  return formatProof({ index, hashes, checkpoint: await signedCheckpoint(size) });
}

async function growth(old: number, size: number) {
  const hashes = await consistencyProof(old, size, read);
  return {
    Old: await signedCheckpoint(old),
    New: await signedCheckpoint(size),
    Hashes: hashes.map((hash) => hash.toString("base64")),
  };
}

function askGo(questions: object): Answers {
  const run = spawnSync(program, {
    input: JSON.stringify({ Vkey: signer.vkey, Sign: "text\n", ...questions }),
  });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return JSON.parse(run.stdout.toString());
}

/** Debian's own Go first, so that its packages are built with the version they belong to. */
function goCommand(): string {
  const command = existsSync("/usr/bin/go") ? "/usr/bin/go" : "go";
  if (spawnSync(command, ["version"]).status !== 0) {
    throw new Error("This test needs Go: apt-get install golang-go golang-golang-x-mod-dev");
  }
  if (!existsSync(PACKAGE)) {
    throw new Error("This test needs golang.org/x/mod: apt-get install golang-golang-x-mod-dev");
  }
  return command;
}

beforeAll(() => {
  const build = spawnSync(goCommand(), ["build", "-o", program, join(import.meta.dirname, "tlog-go.go")], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      GOPATH,
      GOCACHE: join(folder, "cache"),
      GO111MODULE: "off",
      GOTOOLCHAIN: "local",
      GOFLAGS: "",
      CGO_ENABLED: "0",
    },
  });
  if (build.status !== 0) throw new Error(`Go could not build the check: ${build.stderr}`);
  for (let index = 0; index < 1000; index += 1) {
    const appended = appendLeaf(frontiers[index] ?? emptyFrontier(), leafHash(Buffer.from(leafText(index))));
    for (const node of appended.nodes) kept.set(`${node.level}/${node.index}`, node.hash);
    frontiers.push(appended.frontier);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the Go team's transparency log packages", () => {
  it("accept proofs from small and large trees", async () => {
    const places: [number, number][] = [
      ...[1, 2, 3, 4, 7, 8, 9, 33].flatMap((size) =>
        Array.from({ length: size }, (_, at): [number, number] => [at, size]),
      ),
      ...Array.from({ length: 50 }, (_, at): [number, number] => [at * 20, 1000]),
      [999, 1000],
    ];
    const questions = places.map(async ([index, size]) => ({
      Leaf: leafText(index),
      Proof: await proofFile(index, size),
    }));

    const { Proofs } = askGo({ Proofs: await Promise.all(questions) });

    expect(Proofs).toEqual(places.map(() => ""));
  });

  it("accept that the log only grew", async () => {
    const sizes = [1, 2, 3, 5, 8, 64, 100, 511, 640, 999, 1000];
    const pairs = sizes.flatMap((old) =>
      sizes.filter((size) => size >= old).map((size) => [old, size] as const),
    );

    const { Growths } = askGo({ Growths: await Promise.all(pairs.map(([old, size]) => growth(old, size))) });

    expect(Growths).toEqual(pairs.map(() => ""));
  });

  it("refuse an altered entry, another place and an altered checkpoint", async () => {
    const Leaf = leafText(417);
    const Proof = await proofFile(417, 1000);

    const { Proofs } = askGo({
      Proofs: [
        { Leaf: `${Leaf} `, Proof },
        { Leaf, Proof: Proof.replace("index 417", "index 416") },
        { Leaf, Proof: Proof.replace("\n1000\n", "\n1001\n") },
      ],
    });

    expect(Proofs).toEqual([
      "invalid transparency proof",
      "invalid transparency proof",
      expect.stringContaining("invalid signature for key irt.example/log/one"),
    ]);
  });

  it("refuse a history that was rewritten", async () => {
    const honest = await growth(640, 1000);

    const { Growths } = askGo({ Growths: [{ ...honest, Old: await signedCheckpoint(639) }] });

    expect(Growths).toEqual(["invalid transparency proof"]);
  });

  it("sign notes that we accept", () => {
    const { Vkey, Note } = askGo({});
    const key = parseVkey(Vkey);

    expect(key.ok && openNote(Note, [key.value])).toMatchObject({ ok: true, value: { text: "text\n" } });
  });
});
