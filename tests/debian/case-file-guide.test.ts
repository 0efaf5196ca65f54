import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCaseFile, filesOf, unpack } from "../support/case-file-support.ts";

const GUIDE = join(import.meta.dirname, "../../docs/operate/verify-a-case-file.md");

const folder = mkdtempSync(join(tmpdir(), "jumpkit-guide-"));
const commands = [...readFileSync(GUIDE, "utf8").matchAll(/^```sh\n(.*?)^```$/gms)]
  .map(([, block]) => block)
  .join("");
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  files = await filesOf(await aCaseFile());
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function typeAllOf(content: ReadonlyMap<string, Buffer>) {
  const bag = mkdtempSync(join(folder, "bag-"));
  unpack(bag, content);
  const env = { PATH: "/usr/bin:/bin", TMPDIR: folder };
  return spawnSync("sh", ["-e", "-u"], { cwd: bag, env, input: commands, encoding: "utf8" });
}

function altered(path: string, change: (text: string) => string): Map<string, Buffer> {
  return new Map(files).set(path, Buffer.from(change(files.get(path)?.toString() ?? "")));
}

describe("the guide to verifying a case file by hand", () => {
  it("has commands for each of its eight steps", () => {
    expect(commands.match(/^openssl pkeyutl -verify/gm)).toHaveLength(2);
  });

  it("leads a stranger through an untouched case file without a complaint", () => {
    const { status, stdout, stderr } = typeAllOf(files);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("Signature Verified Successfully");
    expect(stdout).toContain('"policyClause","4.2"]');
  });

  it.each<[string, () => ReadonlyMap<string, Buffer>]>([
    ["a changed report", () => altered("data/report.txt", (text) => `${text}more`)],
    ["an added file", () => new Map(files).set("data/notes.txt", Buffer.from("x"))],
    ["another code in the seal", () => altered("seal.note", (text) => text.replace("JK-2026", "JK-2025"))],
  ])("stops at %s", (_, content) => {
    expect(typeAllOf(content()).status).not.toBe(0);
  });
});
