import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkMasterCopy, compareManifests } from "./check.ts";
import { createMasterCopy, prepareCreate } from "./create.ts";
import { reportJson, reportLines, verdictOf } from "./report.ts";

it("the master copy of a whole host tells of an account and a job that were not there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-whole-"));
  const root = join(folder, "image");
  const settings = { workerCount: 0 };
  const create = async (name: string): Promise<string> => {
    const out = join(folder, name);
    const request = {
      roots: [root],
      as: "/",
      out,
      excluded: [],
      crossMounts: false,
      host: "www3",
      tool: "jumpkit",
    };
    await createMasterCopy(prepareCreate(request), out, settings, () => new Date());
    return out;
  };
  try {
    mkdirSync(join(root, "etc/cron.d"), { recursive: true });
    writeFileSync(join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/bash\n");
    const manifest = await create("before.gz");
    const check = { manifest, root, usePackages: true };
    const unchanged = await checkMasterCopy(check, settings);
    appendFileSync(join(root, "etc/passwd"), "eve:x:0:0::/:/bin/sh\n");
    writeFileSync(join(root, "etc/cron.d/x"), "* * * * * root /tmp/x\n");

    const outcome = await checkMasterCopy(check, settings);
    const text = reportLines(outcome, 40).join("\n");
    const between = await compareManifests(manifest, await create("after.gz"));

    expect([verdictOf(unchanged), verdictOf(outcome)]).toEqual(["same", "different"]);
    expect(text).toContain("Accounts (1)\n  + eve, uid 0, gid 0, home /, shell /bin/sh, password not known");
    expect(text).toContain("Scheduled jobs (1)\n  + /etc/cron.d/x * * * * * root /tmp/x");
    expect(reportJson(outcome)).toMatchObject({
      configuration: [{ section: "accounts" }, { section: "jobs" }],
    });
    expect(between.configuration).toEqual(outcome.configuration);
    expect(unchanged.limits.join(" ")).toContain("package lists");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
