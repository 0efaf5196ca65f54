import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Instant } from "../../packages/core/src/index.ts";
import { killRounds } from "../support/kill-rounds.ts";
import { Served } from "../support/served.ts";

const ROUNDS = 10;

describe("kill -9 in the middle of work", () => {
  let served: Served;

  beforeAll(async () => {
    served = await Served.start();
    const folder = served.dataFolder;
    const program = join(folder, "cut");
    await writeFile(program, `#!/bin/sh\necho begun >> ${folder}/ran\nexec sleep 20\n`, { mode: 0o755 });
    const connector = { kind: "command", name: "cut", says: "Shuts the port", for: ["account"], program };
    // The server reads it when it is started again.
    await writeFile(
      join(folder, "connectors.json"),
      JSON.stringify({ programs: [program], connectors: [connector] }),
    );
  });
  afterAll(async () => served?.remove());

  it(`loses nothing acknowledged and stays sound through ${ROUNDS} rounds, of the server and of its database`, async () => {
    const campaign = await killRounds(served, ROUNDS, 3);

    expect(campaign.lost).toEqual([]);
    expect(campaign.unsound).toEqual([]);
    expect(campaign.acknowledged).toBeGreaterThan(50);
  }, 900_000);

  it("never does again what a connector had begun: its outcome is unknown until somebody looks at the device", async () => {
    const ran = () => readFile(join(served.dataFolder, "ran"), "utf8").catch(() => "");
    const ada = served.visitor();
    await ada.signIn("ada");
    const { incident } = await ada.do("incident.report", { what: "an account is used", ongoing: "yes" });
    const { isolation } = await ada.do("isolation.request", {
      ...{ incident, kind: "account", name: "svc", why: "it is used from outside", undo: "enable it" },
      alternative: { considered: "none_will_do" },
      reviewAt: new Date(Date.now() + 3_600_000).toISOString() as Instant,
    });
    await ada.do("isolation.authorise", { isolation });
    await ada.do("connector.run", { isolation, connector: "cut" });
    while ((await ran()) === "") await new Promise((resolve) => setTimeout(resolve, 20));
    await served.kill();
    await served.start();

    let runs: readonly { readonly outcome: string | null }[] = [{ outcome: null }];
    while (runs.at(-1)?.outcome === null) {
      runs = (await ada.ask("isolation.of_incident", { incident })).items[0]?.runs ?? [];
    }
    const blind = await ada.try("connector.run", { isolation, connector: "cut" });

    expect(runs).toMatchObject([{ connector: "cut", outcome: "unknown" }]);
    expect(blind.body.code).toBe("connector.outcome_unknown");
    expect(await ran()).toBe("begun\n");
  });
});
