import { brotliCompressSync } from "node:zlib";
import type { IncidentId } from "@jumpkit/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, launchBrowser, type Misdeeds, NO_MISDEEDS, pageOf, SIZES } from "../support/browser.ts";
import { type Browserless, PASSPHRASE } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

/** What may be loaded before one can do something; see docs/assurance.md. */
const SCRIPT_LIMIT_BYTES = 260_000;

describe("the shell around every page", () => {
  let house: TestHouse;
  let browser: Browser;
  let incident: IncidentId;
  let page: Page;
  let misdeeds: Misdeeds;
  let auditor: Browserless;
  let handler: Browserless;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    const ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    handler = await ada.addColleague("bo", ["handler"], { name: "Bo Lindqvist" });
    auditor = await ada.addColleague("mia", ["observer"], { name: "Mia Fontaine" });
    ({ incident } = await ada.do("incident.open", { what: "www3 scans 203.0.113.0/24", ongoing: "yes" }));
    await ada.do("incident.report", { what: "A fake invoice reached accounting", ongoing: "unknown" });
    for (let line = 1; line <= 120; line++) await ada.do("log.note", { incident, text: `line ${line}` });
    ({ page, misdeeds } = await pageOf(browser, house.url, handler));
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it("leads back to the page that was asked for after signing in", async () => {
    const { page: stranger } = await pageOf(browser, house.url);
    await stranger.goto(`/incidents/${incident}`);
    await stranger.getByLabel("Sign-in name").fill("bo");
    await stranger.getByLabel("Passphrase", { exact: true }).fill("not this one");
    await stranger.getByRole("button", { name: "Sign in" }).click();
    await stranger.getByText("Name and passphrase do not go together.").waitFor();
    const findings = await axeFindings(stranger);
    await stranger.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await stranger.getByRole("button", { name: "Sign in" }).click();

    await stranger.getByRole("cell", { name: "line 120" }).waitFor();
    expect(findings).toEqual([]);
    await stranger.context().close();
  });

  it("answers who can isolate a production system from any page without a mouse", async () => {
    await page.goto("/people");
    await page.getByRole("heading", { name: "People" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("isolate prod");

    const option = page.getByRole("option", { name: /Isolate a production system/ });
    await option.waitFor();
    expect(await option.textContent()).toContain("Ask for the consent of Ada Okafor");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByText("Production systems are isolated with a manager's consent").waitFor();
  });

  it("shows the verbs one may not do, with whom to ask, and does not run them", async () => {
    const { page: observer, misdeeds: hers } = await pageOf(browser, house.url, auditor);
    await observer.goto(`/incidents/${incident}`);
    await observer.getByText("You may read this log, not write in it.").waitFor();
    await observer.keyboard.press("Control+k");
    await observer.keyboard.type("take evidence");
    const option = observer.getByRole("option", { name: /Take evidence/ });
    await option.waitFor();
    const state = await option.getAttribute("aria-disabled");
    await observer.keyboard.press("Enter");

    expect(state).toBe("true");
    expect(await option.textContent()).toContain("to do it");
    expect(new URL(observer.url()).pathname).toBe(`/incidents/${incident}`);
    expect(await axeFindings(observer)).toEqual([]);
    expect(hers).toEqual(NO_MISDEEDS);
    await observer.context().close();
  });

  it("goes to a place by G and its digit, and opens a row by J and Enter", async () => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "Now" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("3");
    await page.getByRole("heading", { level: 1, name: "Incidents" }).waitFor();
    await page.getByRole("link", { name: /www3 scans/ }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("www3");
    await page.getByRole("link", { name: /fake invoice/ }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 1, name: "Incidents" }).click();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");

    await page.getByRole("cell", { name: "line 120" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Incidents" }).waitFor();
    expect(await page.getByLabel("Words of the code or title").inputValue()).toBe("www3");
  });

  it("lets single letters be turned off for those who dictate", async () => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "Now" }).waitFor();
    await page.keyboard.press("?");
    await page.getByLabel("Single letters act outside text fields").uncheck();
    const findings = await axeFindings(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    const stayed = new URL(page.url()).pathname;
    await page.keyboard.press("Control+k");
    await page.keyboard.type("show the keys");
    await page.keyboard.press("Enter");
    await page.getByLabel("Single letters act outside text fields").check();
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");

    await page.getByRole("heading", { name: "Declare an incident" }).waitFor();
    expect(stayed).toBe("/");
    expect(findings).toEqual([]);
  });

  it("fits a phone: no page scrolls sideways at 390 pixels", async () => {
    await page.setViewportSize(SIZES.phone);
    const paths = ["/", "/incidents", `/incidents/${incident}`, `/incidents/${incident}/facts`];
    const more = ["/declare", "/policy", "/people", "/evidence", "/profile"];
    for (const path of [...paths, `/incidents/${incident}/evidence/take`, ...more]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      const wide = await page.evaluate(() => {
        const main = document.querySelector("main");
        return [document.documentElement, main].some((each) => each && each.scrollWidth > each.clientWidth);
      });
      expect(wide, path).toBe(false);
      expect(await axeFindings(page), path).toEqual([]);
    }
    await page.setViewportSize(SIZES.laptop);
  });

  it("keeps the newest line in sight, and leaves who reads further up alone", async () => {
    await page.goto(`/incidents/${incident}`);
    await page.getByRole("cell", { name: "line 120" }).waitFor();
    await page.getByLabel("Handling log line").fill("10:41 a line with parts @ada #www3 !finding");
    await page.getByText("asset www3").waitFor();
    const last = await page.getByRole("cell", { name: "line 120" }).boundingBox();
    const field = await page.getByLabel("Handling log line").boundingBox();
    const inSight = last !== null && field !== null && last.y + last.height <= field.y;
    await page.getByLabel("Handling log line").fill("");
    const entries = page.getByRole("region", { name: "Entries" });
    await entries.hover();
    for (let turn = 0; turn < 8; turn++) await page.mouse.wheel(0, -200);
    await page.getByRole("button", { name: "To the newest" }).waitFor();
    await handler.do("log.note", { incident, text: "line 121" });
    await page.getByRole("link", { name: "Log 123" }).waitFor();
    const stayed = await page.getByRole("button", { name: "To the newest" }).isVisible();
    await page.getByRole("button", { name: "To the newest" }).click();

    await page.getByRole("cell", { name: "line 121" }).waitFor();
    expect([inSight, stayed]).toEqual([true, true]);
    expect(
      await entries.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight),
    ).toBeLessThan(2);
  });

  it("prints the whole log, in the light design, though only a part is drawn on screen", async () => {
    await page.goto(`/incidents/${incident}`);
    await page.getByRole("cell", { name: "line 121" }).waitFor();
    const drawn = await page.getByRole("row").count();
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    await page.getByRole("cell", { name: "line 1", exact: true }).waitFor();

    expect(drawn).toBeLessThan(120);
    expect(await page.getByRole("row").count()).toBe(123);
    expect(await page.evaluate(() => document.documentElement.dataset["mantineColorScheme"])).toBe("light");
    await page.emulateMedia({ media: null, colorScheme: "light" });
  });

  it("needs no more script than the limit before one can write in the log", async () => {
    const { page: fresh } = await pageOf(browser, house.url, handler);
    const scripts: Promise<Buffer>[] = [];
    fresh.on("response", (response) => {
      if (/\.js$/.test(new URL(response.url()).pathname)) scripts.push(response.body());
    });
    await fresh.goto(`/incidents/${incident}`);
    await fresh.getByLabel("Handling log line").waitFor();
    await fresh.getByRole("cell", { name: "line 121" }).waitFor();

    const bodies = await Promise.all(scripts);
    const sizeBytes = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
    expect(sizeBytes).toBeGreaterThan(50_000);
    expect(sizeBytes).toBeLessThanOrEqual(SCRIPT_LIMIT_BYTES);
    await fresh.context().close();
  });

  it("never broke its own Content-Security-Policy, left its origin or threw", () => {
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
