import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, launchBrowser, NO_MISDEEDS, pageOf } from "../support/browser.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("values in the handling log", () => {
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

  it("are shown defanged, and one key confirms one from the line it stands in", async () => {
    const { incident } = await story.bo.do("incident.report", { what: "Odd mail", ongoing: "unknown" });
    await story.bo.do("log.note", { incident, text: "it asked http://evil-bank.example/login twice" });
    const { page, misdeeds } = await pageOf(browser, house.url, story.bo);
    await page.goto(`/incidents/${incident}`);
    await page.getByText("hxxp://evil-bank[.]example/login", { exact: true }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.getByText("Confirmed hxxp://evil-bank[.]example/login", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Observables" }).click();
    await page
      .getByRole("cell", { name: /hxxp:\/\/evil-bank/ })
      .first()
      .waitFor();

    const { confirmed } = await story.bo.ask("observable.of_incident", { incident });
    expect(confirmed[0]).toMatchObject({ value: "http://evil-bank.example/login", entry: 2, offset: 9 });
    expect(await axeFindings(page)).toEqual([]);
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
