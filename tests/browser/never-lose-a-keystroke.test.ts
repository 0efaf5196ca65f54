import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IncidentId } from "@jumpkit/core";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { killBrowser, launchProfile } from "../support/browser.ts";
import { type Browserless, PASSPHRASE } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("no keystroke is lost", () => {
  let house: TestHouse;
  let ada: Browserless;
  let incident: IncidentId;
  let profile: string;
  let context: BrowserContext;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    ({ incident } = await ada.do("incident.open", { what: "www3 scans", ongoing: "yes" }));
  });
  afterAll(async () => house?.close());

  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), "jumpkit-profile-"));
    context = await launchProfile(profile, house.url);
  });
  afterEach(async () => {
    await context?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The incident's page in the profile's browser, signed in, ready to be written in. */
  async function openLog(): Promise<Page> {
    const [name = "", value = ""] = ada.cookie.split("=", 2);
    await context.addCookies([{ name, value, url: house.url }]);
    const page = await context.newPage();
    await page.goto(`/incidents/${incident}`);
    await page.getByLabel("Handling log line").waitFor();
    return page;
  }

  async function linesOf(): Promise<readonly unknown[]> {
    const { items } = await ada.ask("log.entries", { incident });
    return items.filter((entry) => entry.type === "log.noted").map((entry) => entry.body["text"]);
  }

  it("before Enter, when the browser is killed a second after the last one", async () => {
    const page = await openLog();
    await page.getByLabel("Handling log line").fill("half a thought about #www3");
    await page.waitForTimeout(1000);

    await killBrowser(profile);
    context = await launchProfile(profile, house.url);
    const again = await openLog();

    expect(await again.getByLabel("Handling log line").inputValue()).toBe("half a thought about #www3");
  });

  it("after Enter, when server and browser are gone before anything was saved", async () => {
    const page = await openLog();
    await page.route("**/v1/log/**", (route) => route.abort());
    await page.getByLabel("Handling log line").fill("cut off at the border router");
    await page.getByLabel("Handling log line").press("Enter");
    await page.getByText("Not saved yet. The server does not answer.").waitFor();

    await killBrowser(profile);
    context = await launchProfile(profile, house.url);
    const again = await openLog();
    await again.getByText(/^saved /).waitFor();

    expect(await linesOf()).toEqual(["cut off at the border router"]);
  });

  it("when the answer to a saved line is lost: the line is sent again and stands once", async () => {
    const page = await openLog();
    let lost = 0;
    await page.route("**/v1/log/**", async (route) => {
      lost += 1;
      if (lost > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.getByLabel("Handling log line").fill("told the owner of www3");
    await page.getByLabel("Handling log line").press("Enter");
    await page.getByText(/^saved /).waitFor();

    expect(lost).toBe(2);
    expect(await linesOf()).toEqual(["cut off at the border router", "told the owner of www3"]);
  });

  it("when the server refuses the line: it is said loudly and goes back into the field", async () => {
    const page = await openLog();
    await ada.do("incident.assess", {
      incident,
      seen: (await ada.ask("incident.show", { incident })).changedSeq,
      functionalImpact: "low",
      functionalImpactLikely: "low",
      informationImpact: ["none"],
      recoverability: "regular",
    });
    await page.route("**/v1/log/**", (route) =>
      route.fulfill({
        status: 422,
        json: {
          code: "log.in_future",
          message: "This lies in the future by the server's clock.",
          next: "Check the time and its zone.",
          details: {},
        },
      }),
    );
    await page.getByLabel("Handling log line").fill("tomorrow's news");
    await page.getByLabel("Handling log line").press("Enter");
    await page.getByText("Not saved. This lies in the future").waitFor();
    await page.getByRole("button", { name: "Take it back into the field" }).click();

    expect(await page.getByLabel("Handling log line").inputValue()).toBe("tomorrow's news");
  });

  it("when the session has ended: the line is saved after signing in again", async () => {
    const page = await openLog();
    await page.getByLabel("Handling log line").fill("the owner asks for a call back");
    await context.clearCookies();
    // Not by the field: a question in the background may lead to the sign-in page at any moment now.
    await page.keyboard.press("Enter");
    await page.getByLabel("Sign-in name").fill("ada");
    await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await page.getByRole("button", { name: "Sign in" }).click();

    await page.getByRole("cell", { name: "the owner asks for a call back" }).waitFor();
  });

  it("says that the link is lost while the server is away, and follows again when it is back", async () => {
    const page = await openLog();
    await page.getByText("Live", { exact: true }).waitFor();

    const restarted = house.restart();
    await page.getByText("Reconnecting").waitFor();
    await restarted;
    await page.getByText("Live", { exact: true }).waitFor();
    await ada.do("log.note", { incident, text: "back again" });

    await page.getByRole("cell", { name: "back again" }).waitFor();
  });
});
