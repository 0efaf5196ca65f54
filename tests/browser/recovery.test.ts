import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ERADICATION_STEPS, GATES, type Instant } from "../../packages/core/src/index.ts";
import { axeFindings, launchBrowser, NO_MISDEEDS, pageOf } from "../support/browser.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("the recovery matrix", () => {
  let house: TestHouse;
  let browser: Browser;
  let story: Story;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    story = await liveThrough(house);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it("leads by the keyboard from an open gate to its proof, and unlocks the way back with the last one", async () => {
    const { ada, incident, things } = story;
    const { page, misdeeds } = await pageOf(browser, house.url, ada);
    await page.goto(`/incidents/${incident}/recovery`);
    const grid = page.getByRole("grid", { name: "Recovery matrix" });
    await grid.focus();
    await page.keyboard.press(" ");
    await page.getByRole("gridcell", { name: "Imaged: working, Ada Okafor" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByLabel("Tool", { exact: true }).fill("dd");
    await page.getByLabel("Its version").fill("9.1");
    await page.getByLabel("What it printed").fill("64 GiB copied");
    await page.getByRole("button", { name: "Prove imaged" }).click();
    await page.getByRole("gridcell", { name: "Imaged: proven, Ada Okafor" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const hosts = [things.host];
    const [host] = hosts;
    if (host === undefined) throw new Error("No host is on its way back");
    for (const step of ERADICATION_STEPS)
      await ada.do("recovery.eradicate", { host, step, how: "reinstalled" });
    const { backup } = await ada.do("backup.register", { name: "www", place: "vault", everyHours: 24 });
    const takenAt = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString() as Instant;
    await ada.do("backup.report", { backup, outcome: "succeeded", happened: { at: takenAt, zone: "UTC" } });
    const proof = { kind: "evidence_item", item: things.item } as const;
    for (const gate of GATES.slice(1, -1)) {
      const restorePoint = gate === "data_restored" ? { backup, takenAt } : null;
      const names = "version 3";
      const note = "the oldest there is";
      await ada.do("gate.prove", { incident, hosts, gate, names, note, proof, restorePoint });
    }
    const reconnect = page.getByRole("button", { name: /^Reconnect www3/ });
    await page.getByText("Missing: Monitored.").waitFor();
    expect(await reconnect.isDisabled()).toBe(true);
    await ada.do("gate.prove", { incident, hosts, gate: "monitored", proof });
    await page.getByText("Missing: Monitored.").waitFor({ state: "detached" });
    await reconnect.click();
    await page.getByRole("gridcell", { name: "Connected inside" }).waitFor();

    const { items } = await ada.ask("recovery.matrix", { incident });
    expect(items[0]).toMatchObject({ stage: "reconnected_inside", missing: [] });
    await page.goto(`/incidents/${incident}/recovery/${host}/sheet`);
    await page.getByRole("heading", { name: "Recovery of www3.harbour.example" }).waitFor();

    await page.goto(`/incidents/${incident}/checklists`);
    const rows = page.getByRole("checkbox");
    await rows.first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press(" ");
    await rows.nth(1).and(page.locator(":checked")).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto("/playbooks/ransomware");
    await page.getByRole("button", { name: "Adopt it as it stands" }).click();
    await page.getByText("In force, version 1").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
