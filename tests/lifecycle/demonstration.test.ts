import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doctorCommand } from "../../packages/jumpkit/src/doctor.ts";
import { serve } from "../../packages/jumpkit/src/serve.ts";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("the demonstration", () => {
  let folder: string;
  let house: TestHouse;
  let ada: Browserless;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "jumpkit-demo-"));
    house = await startHouse({ demo: true });
    ada = house.visitor();
    const passphrase = house.signIns?.passphrase;
    const answer = await ada.send("POST", "/v1/session", { body: { signInName: "ada", passphrase } });
    expect(answer.status).toBe(200);
  });
  afterAll(async () => {
    await house?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("has one incident closed, one that goes on and one that is played, and says that it is made up", async () => {
    const { items } = await ada.ask("incident.list", {});
    const { items: played } = await ada.ask("incident.list", { played: "yes" });
    const now = await ada.ask("now.show", {});

    expect(items.map(({ status }) => status).toSorted()).toEqual(["closed", "declared"]);
    expect(played).toMatchObject([{ status: "declared", code: expect.stringMatching(/^EX-/) }]);
    expect(now).toMatchObject({ demonstration: true, openIncidents: 1 });
    expect((await ada.ask("exercise.list", {})).items.map(({ state }) => state).toSorted()).toEqual([
      "planned",
      "running",
    ]);
  });

  it("walked the whole way: signs, evidence, isolation, gates, a letter that stayed, and lessons", async () => {
    const [closed] = (await ada.ask("incident.list", { status: "closed" })).items;
    if (closed === undefined) throw new Error("Nothing is closed");
    const { items } = await ada.ask("log.entries", { incident: closed.id, limit: 500 });
    const types = items.map(({ type }) => type);
    const settled = items.find(({ type }) => type === "notification.delivered");

    expect(types).toEqual(
      expect.arrayContaining([
        ...["sign.accepted", "incident.declared", "evidence.collected", "isolation.verified"],
        ...["gate.proven", "recovery.reconnected", "recovery.released", "notification.released"],
        ...["review.held", "improvement.proposed", "incident.closed"],
      ]),
    );
    expect(settled?.body["outcome"]).toBe("kept");
    const asked = { incident: closed.id, recipient: "A stranger", purpose: "to see" };
    const { download } = await ada.do("incident.export", asked);
    const tar = join(folder, "case.tar");
    await writeFile(tar, (await ada.download(download)).bytes);
    const { vkey } = await ada.ask("log.checkpoint", {});
    await writeFile(join(folder, "key"), `${vkey}\n`);
    const verdict = await verifyCaseFile(tar, { keyFile: join(folder, "key") });
    expect(verdict).toMatchObject({ status: "sound", findings: [] });
  });

  it("is sound, and is built in an empty folder alone", async () => {
    const settings = {
      ...{ dataFolder: house.dataFolder, databaseUrl: house.database.databaseUrl },
      ...{ host: "127.0.0.1", port: 0, log: "silent" as const },
    };
    let said = "";
    const out = {
      write: (text: string) => {
        said += text;
      },
    };
    const code = await doctorCommand(settings, {}, out, () => {});
    const again = serve({ ...settings, demo: true }, () => {});

    expect(said).toContain("The record is sound.");
    expect(code).toBe(0);
    await expect(again).rejects.toMatchObject({ code: "demo.not_empty" });
  });
});
