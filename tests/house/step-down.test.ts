import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Served } from "../support/served.ts";

const MAIN = "packages/jumpkit/dist/main.js";

/** What Linux says of a process: `Uid`, `Groups`, `CapEff` and the like, each as it is written. */
function statusOf(pid: number): Readonly<Record<string, string>> {
  const lines = readFileSync(`/proc/${pid}/status`, "utf8").trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2) as [string, string]));
}

function accountOf(name: string): { readonly uid: number; readonly gid: number } {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

describe.runIf(process.getuid?.() === 0 && process.platform === "linux")("a server that root starts", () => {
  let served: Served;

  beforeAll(async () => {
    served = await Served.start();
  });

  afterAll(async () => {
    await served.remove();
  });

  it("is the account jumpkit in every respect, and can do nothing that root can", () => {
    const { uid, gid } = accountOf("jumpkit");
    const status = statusOf(served.pid);

    expect(uid).toBeGreaterThan(0);
    expect(status["Uid"]).toBe([uid, uid, uid, uid].join("\t"));
    expect(status["Gid"]).toBe([gid, gid, gid, gid].join("\t"));
    expect(status["Groups"]?.trim()).toBe(String(gid));
    expect(status["CapEff"]).toBe("0000000000000000");
    expect(status["CapPrm"]).toBe("0000000000000000");
  });

  it("runs a program that it can read and not write", () => {
    const { uid, gid } = accountOf("jumpkit");
    const program = spawnSync("readlink", [`/proc/${served.pid}/cwd`], { encoding: "utf8" }).stdout.trim();
    const tried = spawnSync("/bin/sh", ["-c", `touch "$1/x" "$1/${MAIN}"`, "sh", program], { uid, gid });

    expect(program).toMatch(/^\/var\/lib\/jumpkit\/program-[0-9a-f]{16}$/);
    expect(readFileSync(join(program, MAIN), "utf8")).toBe(readFileSync(MAIN, "utf8"));
    expect(tried.status).not.toBe(0);
  });

  it("owns its data, and leaves a file alone that has a second name somewhere", async () => {
    const { uid } = accountOf("jumpkit");
    const elsewhere = mkdtempSync(join(tmpdir(), "jumpkit-elsewhere-"));
    const secret = join(elsewhere, "secret");
    writeFileSync(secret, "not for the server", { mode: 0o600 });
    await served.stop();
    spawnSync("ln", [secret, join(served.dataFolder, "keys", "linked")]);
    spawnSync("ln", ["-s", secret, join(served.dataFolder, "keys", "pointing")]);
    writeFileSync(join(served.dataFolder, "keys", "by-root"), "");

    await served.start();

    expect(lstatSync(join(served.dataFolder, "keys", "by-root")).uid).toBe(uid);
    expect(lstatSync(served.dataFolder).uid).toBe(uid);
    expect(lstatSync(secret).uid).toBe(0);
    rmSync(elsewhere, { recursive: true });
  });

  it("can still be examined and backed up by root, and goes on afterwards", async () => {
    const backup = join(mkdtempSync(join(tmpdir(), "jumpkit-backup-")), "copy");
    const done = [await served.run("doctor"), await served.run("backup", backup)];
    await served.stop();
    await served.start();

    expect(done.map(({ code }) => code)).toEqual([0, 0]);
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
    rmSync(backup, { recursive: true });
  });

  it("does not start on a data folder to which its account cannot come, and says what to do", () => {
    const closed = mkdtempSync(join(tmpdir(), "jumpkit-closed-"));
    chmodSync(closed, 0o700);
    mkdirSync(join(closed, "data"));
    const tried = spawnSync(
      process.execPath,
      [MAIN, "serve", "--data", join(closed, "data"), "--port", "0"],
      {
        encoding: "utf8",
      },
    );

    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain("cannot come to");
    expect(tried.stderr).toContain("--data");
    rmSync(closed, { recursive: true });
  });
});
