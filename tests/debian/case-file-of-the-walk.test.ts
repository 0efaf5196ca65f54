import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveThrough } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const run = promisify(execFile);

/** No Node, and nothing of ours, on the path of the stranger who checks. */
const STRANGER = { env: { PATH: "/usr/bin:/bin" } };

describe("a case file as the product hands it out", () => {
  let house: TestHouse;
  let folder: string;
  let bag: string;

  beforeAll(async () => {
    house = await startHouse();
    folder = await mkdtemp(join(tmpdir(), "jumpkit-stranger-"));
    const { ada, incident } = await liveThrough(house);
    const { download } = await ada.do("incident.export", {
      incident,
      recipient: "Prosecutor",
      purpose: "trial",
    });
    const { vkey } = await ada.ask("log.checkpoint", {});
    await writeFile(join(folder, "case.tar"), (await ada.download(download)).bytes);
    await writeFile(join(folder, "key"), `${vkey}\n`);
    await run("tar", ["-xf", join(folder, "case.tar"), "-C", folder]);
    bag = join(folder, (await ada.ask("incident.show", { incident })).code);
  });
  afterAll(async () => {
    await house?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is accepted by its own shell verifier with the key that was got elsewhere", async () => {
    const { stdout } = await run(
      "sh",
      [join(bag, "data/verify.sh"), "--key", join(folder, "key"), bag],
      STRANGER,
    );

    expect(stdout).toMatch(/sound/i);
  });

  it("is accepted by sha256sum alone, as any BagIt bag is", async () => {
    await run(
      "sh",
      ["-c", "sha256sum --strict -c manifest-sha256.txt && sha256sum --strict -c tagmanifest-sha256.txt"],
      {
        ...STRANGER,
        cwd: bag,
      },
    );
  });

  it("is refused by the shell verifier after one byte of evidence was changed, which it names", async () => {
    const { stdout } = await run("sh", ["-c", "ls data/evidence"], { cwd: bag });
    await writeFile(join(bag, "data/evidence", stdout.trim()), "203.0.113.9 GET /y.php\n");

    const refused = await run("sh", [join(bag, "data/verify.sh"), bag], STRANGER).catch((error) => error);

    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(`data/evidence/${stdout.trim()}`);
  });
});
