import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentId } from "../../packages/core/src/index.ts";
import { axeFindings, launchBrowser, type Misdeeds, NO_MISDEEDS, pageOf } from "../support/browser.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("the pages of containment", () => {
  let house: TestHouse;
  let browser: Browser;
  let page: Page;
  let misdeeds: Misdeeds;
  let incident: IncidentId;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    const ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    const lea = await ada.addColleague("lea", ["lead", "handler"]);
    const { asset } = await ada.do("asset.add", { name: "laptop7", addresses: ["192.0.2.7"] });
    await ada.do("spare.register", {
      name: "spare9",
      standsInFor: [asset],
      kept: "mail",
      howToSwitch: "hand it over",
    });
    ({ incident } = await lea.do("incident.report", { what: "laptop7 scans", ongoing: "yes" }));
    ({ page, misdeeds } = await pageOf(browser, house.url, lea));
    // Tall enough that no button is cut in half by the edge of what scrolls.
    await page.setViewportSize({ width: 1440, height: 2000 });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it("cut a workstation off from the keyboard, with the card for whoever does it, before anything is declared", async () => {
    await page.goto(`/incidents/${incident}`);
    await page.getByText("laptop7 scans").first().waitFor();
    await page.keyboard.press("i");
    await page.getByLabel("Name or address").waitFor();
    await page.keyboard.type("laptop7");
    await page.getByText("You may authorise it.").waitFor();
    await page.getByText("Hot spare spare9 keeps mail").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Why").fill("it scans its neighbours");
    await page.getByRole("button", { name: "Authorise it" }).click();

    await page.getByRole("heading", { name: "How to do it" }).waitFor();
    await page.getByRole("button", { name: "Copy ping -c 3 192.0.2.7" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("How it was done").fill("port 7 is shut");
    await page.keyboard.press("Enter");
    await page.getByLabel("How do you know that it is cut off?").fill("no ping");
    await page.keyboard.press("Enter");
    await page.getByText("Cut off, verified").first().waitFor();

    await page.getByRole("link", { name: "Work order" }).click();
    await page.getByText(/Authorised by Lea/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("take down that somebody looked, and switch to the spare", async () => {
    await page.goto(`/incidents/${incident}/containment`);
    await page.getByRole("button", { name: "Switched over for laptop7" }).click();
    await page.getByRole("button", { name: "Switched back" }).waitFor();
    await page.getByLabel("What I looked at").fill("the proxy log");
    await page.getByRole("button", { name: "I have looked" }).click();
    await page
      .getByText(/found nothing: the proxy log/)
      .first()
      .waitFor();

    expect(await axeFindings(page)).toEqual([]);
  });

  it("show what is not backed up in time, take a trial down, and judge a candidate for a new password", async () => {
    await page.goto("/backups?open=add");
    await page.getByLabel("Name", { exact: true }).fill("Mail of all");
    await page.getByLabel("Where the copies are").fill("vault");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Register it" }).click();
    await page.getByRole("link", { name: "Mail of all" }).click();
    await page.getByRole("button", { name: "Restoring was tried" }).click();
    await page.getByLabel("What proves it").fill("mounted it");
    await page.getByRole("button", { name: "Write the trial down" }).click();
    await page.getByText(/restored .* by .*: mounted it/).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await page.goto(`/incidents/${incident}/credentials`);
    await page.getByRole("textbox", { name: "Account" }).fill("root");
    await page.getByLabel("Host that it opens").fill("laptop7");
    await page.getByRole("button", { name: "List it" }).click();
    await page.getByRole("button", { name: "It has a new one" }).click();
    await page.getByLabel("Try a candidate").fill("laptop7");
    await page.getByText("Anyone guesses it").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByText("Ended too").click();
    await page.getByRole("button", { name: "The password is new" }).click();
    await page.getByText("new password", { exact: true }).waitFor();
  });

  it("lead through what was cut off when it was no incident, and lift it on record", async () => {
    await page.goto(`/incidents/${incident}/close`);
    await page.getByLabel("Why is it no incident?").fill("it was our own scanner");
    const verb = page.getByRole("button", { name: /^Dismiss JK-/ });
    await page.getByRole("group", { name: "Was anything else cut off" }).getByText("Nothing was cut").click();
    expect(await verb.isDisabled()).toBe(true);
    await page.getByRole("group", { name: "laptop7" }).getByText("Connected again").click();
    await verb.click();

    await page.getByText("Connected laptop7 again").first().waitFor();
    await page.getByText("Dismissed", { exact: true }).first().waitFor();
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
