import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantAt, ReviewQuestion } from "../../packages/core/src/index.ts";
import {
  axeFindings,
  launchBrowser,
  type Misdeeds,
  NO_MISDEEDS,
  openPage,
  pageOf,
  SIZES,
  takeScreenshots,
} from "../support/browser.ts";
import { PASSPHRASE } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

/** A folder to leave pictures of every page in, for people who judge how it looks. */
const SCREENSHOTS = process.env["JUMPKIT_SCREENSHOTS"];

/** One walk through the pages, each step going on where the one before ended. */
describe("the first walk in a browser", () => {
  let house: TestHouse;
  let browser: Browser;
  let ada: Page;
  let bo: Page;
  let misdeeds: Misdeeds;
  let misdeedsOfBo: Misdeeds;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    const context = await browser.newContext({ baseURL: house.url, viewport: SIZES.laptop });
    ({ page: ada, misdeeds } = await openPage(context, house.url));
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** Those who took part meet, and answer every question; what the pages of it say is looked at beside. */
  async function holdReview(): Promise<void> {
    const moderator = house.visitor();
    await moderator.signIn("ada");
    const { items } = await moderator.ask("incident.list", {});
    const [incident] = items.map(({ id }) => id);
    if (incident === undefined) throw new Error("There is no incident");
    const { person } = await moderator.ask("now.show", {});
    const heldAt = instantAt(Date.now() - 60_000);
    await moderator.do("review.plan", { incident, moderator: person.id, meetsAt: heldAt, place: "Room 4" });
    for (const question of ReviewQuestion.options)
      await moderator.do("review.answer", { incident, question, text: "as the log says" });
    await moderator.do("review.hold", { incident, heldAt, present: ["Ada and Bo"] });
  }

  it("founds the organisation by the link of the first start", async () => {
    await ada.goto(`/setup#${house.setUpSecret}`);
    await ada.getByRole("group", { name: "Your organisation" }).getByLabel("Name").fill("Harbour CSIRT");
    await ada.getByRole("group", { name: "You", exact: true }).getByLabel("Name").fill("Ada Okafor");
    await ada.getByLabel("Title").fill("Head of incident response");
    await ada.getByLabel("Phone").fill("+49 30 5550 101");
    await ada.getByLabel("Sign-in name").fill("ada");
    await ada.getByLabel("Passphrase", { exact: true }).fill("harbour");
    await ada.getByText("guess").waitFor();
    const findings = await axeFindings(ada);
    await ada.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await ada.getByText("Very hard to guess").waitFor();
    await ada.getByRole("button", { name: "Set up and read the policy" }).click();

    await ada.getByRole("heading", { name: "Incident response policy" }).waitFor();
    expect(findings).toEqual([]);
  });

  it("shows the clause behind a cell, adopts the policy and acknowledges it", async () => {
    await ada.getByRole("link", { name: "Isolate a production system", exact: true }).click();
    await ada.getByText("Production systems are isolated with a manager's consent").waitFor();
    const findings = await axeFindings(ada);
    await ada.getByRole("button", { name: "Adopt this policy" }).click();
    await ada.getByRole("button", { name: "Adopt it now" }).click();
    await ada.getByRole("button", { name: "I have read it" }).click();

    await ada.getByText("Version 1, in force since").waitFor();
    await ada.getByRole("button", { name: "I have read it" }).waitFor({ state: "detached" });
    expect(findings).toEqual([]);
  });

  it("adds a colleague, who comes in by the invitation", async () => {
    await ada.goto("/people/add");
    await ada.getByLabel("Name", { exact: true }).fill("Bo Lindqvist");
    await ada.getByLabel("Title").fill("Incident handler");
    await ada.getByLabel("Phone").fill("+46 8 555 0102");
    await ada.getByLabel("Sign-in name").fill("bo");
    await ada.getByRole("checkbox", { name: /^Handler/ }).check();
    const findings = await axeFindings(ada);
    await ada.getByRole("button", { name: "Add and invite" }).click();
    const link = await ada.locator(".invitation code").textContent();
    ({ page: bo, misdeeds: misdeedsOfBo } = await pageOf(browser, house.url));
    await bo.goto(link ?? "");
    await bo.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await bo.getByRole("button", { name: "Choose this passphrase" }).click();
    await bo.getByRole("button", { name: "I have read it" }).click();

    await bo.getByRole("button", { name: "I have read it" }).waitFor({ state: "detached" });
    expect(findings).toEqual([]);
  });

  it("declares an incident from the keyboard alone, in two answers", async () => {
    await bo.goto("/");
    await bo.getByRole("heading", { level: 1, name: "Now" }).waitFor();
    const findings = await axeFindings(bo);
    await bo.keyboard.press("c");
    await bo.getByRole("heading", { name: "Declare an incident" }).waitFor();
    await bo.keyboard.type("www3 scans 203.0.113.0/24\nsince the morning");
    await bo.keyboard.press("Tab");
    await bo.keyboard.press("Space");
    await bo.keyboard.press("Control+Enter");

    await bo.getByRole("heading", { level: 1, name: /-0001 www3 scans 203\.0\.113\.0\/24/ }).waitFor();
    expect(findings).toEqual([]);
  });

  it("rates it on three scales and shows which priority they give before it is recorded", async () => {
    await bo.getByRole("link", { name: "Rate impact" }).click();
    await bo.getByRole("group", { name: "Functional impact now" }).getByLabel("Low").check();
    await bo.getByRole("group", { name: "if it is not contained" }).getByLabel("High").check();
    await bo.getByLabel(/^Privacy breach/).check();
    await bo.getByLabel(/^Supplemented/).check();
    await bo.getByRole("status").getByText("because business impact is high").waitFor();
    const findings = await axeFindings(bo);
    await bo.getByRole("button", { name: "Record the rating" }).click();

    await bo.getByText("Rated critical, because business impact is high").waitFor();
    expect(findings).toEqual([]);
  });

  it("changes what is known of the incident, and says so in the log", async () => {
    await bo.getByRole("region", { name: "What was seen" }).getByRole("link", { name: "Change" }).click();
    await bo.getByLabel("Title").fill("www3 scans its neighbours");
    await bo.getByRole("group", { name: "Marking" }).getByLabel("TLP:RED").check();
    const findings = await axeFindings(bo);
    await bo.getByRole("button", { name: "Record the change" }).click();

    await bo.getByRole("heading", { level: 1, name: /-0001 www3 scans its neighbours/ }).waitFor();
    await bo.getByRole("cell", { name: /TLP:RED/ }).waitFor();
    expect(findings).toEqual([]);
  });

  it("saves a line on Enter, with its parts seen before, and shows it to a second person at once", async () => {
    await ada.goto(new URL(bo.url()).pathname);
    await ada.getByText("Rated critical").waitFor();
    await bo.keyboard.press("l");
    await bo.keyboard.type("called J. Ortiz (ISP): they see no scan @ada #www3 !call");
    await bo.getByText("asset www3").waitFor();
    await bo.keyboard.press("Enter");

    await bo.getByText(/^saved \d\d:\d\d:\d\dZ$/).waitFor();
    await ada.getByRole("cell", { name: "they see no scan" }).waitFor();
    expect(await bo.getByLabel("Handling log line").inputValue()).toBe("");
    expect(await axeFindings(ada)).toEqual([]);
  });

  it("corrects the line by a new entry, and strikes the old one visibly", async () => {
    const line = bo.getByRole("row").filter({ hasText: "they see no scan" });
    await line.getByRole("link").click();
    await bo.getByLabel("What it should say").fill("called J. Ortiz (ISP): they do see the scan");
    await bo.getByLabel("Why (optional)").fill("misheard");
    const findings = await axeFindings(bo);
    await bo.getByRole("button", { name: "Add the correction" }).click();

    await ada.locator("s", { hasText: "they see no scan" }).waitFor();
    await ada.getByText("corrected").waitFor();
    expect(findings).toEqual([]);
  });

  it("takes a file into custody, with everything that tells it from any other", async () => {
    await bo.keyboard.press("Escape");
    await bo.keyboard.press("e");
    await bo.setInputFiles("input[type=file]", {
      name: "access.log",
      mimeType: "text/plain",
      buffer: randomBytes(2_000_000),
    });
    await bo.getByText("Safe on the server").waitFor();
    await bo.getByLabel("What is it?").fill("Access log of www3");
    await bo.getByLabel("Where was it found?").fill("www3:/var/log/apache2");
    await bo.getByLabel("Where is it kept from now on?").fill("Evidence safe 1");
    await bo.getByLabel("MAC addresses").fill("00:1b:44:11:3a");
    await bo.getByRole("button", { name: "Take it into custody" }).click();
    await bo.getByText("is not a MAC address").waitFor();
    await bo.getByLabel("MAC addresses").fill("00:1b:44:11:3a:b7");
    const findings = await axeFindings(bo);
    await bo.getByRole("button", { name: "Take it into custody" }).click();

    await bo.getByRole("heading", { name: "Access log of www3" }).waitFor();
    await bo.getByText("Taken into custody").waitFor();
    expect(await bo.getByText("1.9 MiB").count()).toBeGreaterThan(0);
    expect(findings).toEqual([]);
    expect(await axeFindings(bo)).toEqual([]);
  });

  it("will not close while a hand-over waits for its answer, and lists it", async () => {
    await bo.keyboard.press("h");
    await bo.getByRole("dialog").waitFor();
    await bo.keyboard.press("Escape");
    await bo.getByRole("dialog").waitFor({ state: "detached" });
    await bo.getByRole("button", { name: "Hand over" }).click();
    await bo.getByRole("combobox", { name: "To whom" }).fill("Ada");
    await bo.getByRole("option", { name: /Ada Okafor/ }).click();
    await bo.getByLabel("What for").fill("Analysis");
    const findings = await axeFindings(bo);
    await bo.getByRole("button", { name: "Offer it to Ada Okafor" }).click();
    await bo.getByText("Offered to Ada Okafor").waitFor();
    await ada.goto("/incidents");
    await ada.getByRole("link", { name: /www3 scans/ }).click();
    await ada.getByRole("link", { name: "Close the incident" }).click();
    await ada.getByLabel("What happened, and how does it stand now?").fill("Host cleaned");
    await ada.getByRole("button", { name: /^Close \S+-0001$/ }).click();

    await ada.getByText("The incident cannot be closed while questions are open.").waitFor();
    await ada.getByText("Evidence item 1 was offered to Ada Okafor").waitFor();
    await ada.getByText("Nobody leads this incident").first().waitFor();
    expect(findings).toEqual([]);
    expect(await axeFindings(ada)).toEqual([]);
  });

  it("lets the receiver accept, and the custody form name both with zone and phone", async () => {
    await ada.getByRole("link", { name: "Show the item" }).click();
    await ada.getByRole("button", { name: "Take it over" }).click();
    await ada.getByLabel("Not sealed").check();
    const findings = await axeFindings(ada);
    await ada.getByRole("dialog").getByRole("button", { name: "Take it over" }).click();
    await ada.getByText("Handed over").waitFor();
    await ada.getByRole("link", { name: "Custody form" }).click();

    await ada.getByRole("heading", { name: "Evidence item 1: Access log of www3" }).waitFor();
    const sheet = await ada.getByRole("article").textContent();
    expect(sheet).toContain("Bo Lindqvist, Incident handler, +46 8 555 0102");
    expect(sheet).toContain("Ada Okafor, Head of incident response, +49 30 5550 101");
    expect(findings).toEqual([]);
    expect(await axeFindings(ada)).toEqual([]);
  });

  it("closes the incident once everything is settled, and its log takes no more lines", async () => {
    await ada.getByRole("link", { name: "Back to the item" }).click();
    await ada.getByRole("link", { name: /^Log/ }).click();
    await ada.getByRole("button", { name: "Take the lead" }).click();
    await ada.getByRole("button", { name: "Take the lead" }).waitFor({ state: "detached" });
    await ada.getByRole("link", { name: "Lessons" }).click();
    await ada.getByText("0 of 9 answered").waitFor();
    expect(await axeFindings(ada)).toEqual([]);
    await holdReview();
    await ada.getByText("with Ada and Bo", { exact: true }).waitFor();
    expect(await axeFindings(ada)).toEqual([]);
    await ada.getByRole("link", { name: /^Log/ }).click();
    await ada.getByRole("link", { name: "Close the incident" }).click();
    await ada.getByRole("button", { name: /^Close \S+-0001$/ }).click();

    await ada.getByText("its log takes no more lines").waitFor();
    expect(await axeFindings(ada)).toEqual([]);
  });

  it("hands out the case file, and says how a stranger verifies it", async () => {
    await ada.getByRole("link", { name: "Hand out the case file" }).click();
    await ada.getByLabel("To whom?").fill("Harbour police");
    await ada.getByLabel("What for?").fill("Criminal investigation");
    const findings = await axeFindings(ada);
    const [download] = await Promise.all([
      ada.waitForEvent("download"),
      ada.getByRole("button", { name: "Record and download" }).click(),
    ]);

    expect(download.suggestedFilename()).toMatch(/-0001\.tar$/);
    await ada.getByText("Handed the case file to Harbour police").waitFor();
    expect(await ada.getByText("sh verify.sh --key log.vkey").count()).toBe(1);
    expect(findings).toEqual([]);
  });

  it("shows every page sound in both designs", async () => {
    await ada.goto("/incidents");
    await ada.getByRole("link", { name: /www3 scans/ }).click();
    await ada.getByText("its log takes no more lines").waitFor();
    const incident = new URL(ada.url()).pathname;
    const inside = ["", "/facts", "/entries/1", "/close", "/case-file", "/evidence"].map(
      (each) => incident + each,
    );
    const outside = [
      "/",
      "/declare",
      "/incidents",
      "/evidence",
      "/policy",
      "/people",
      "/profile",
      "/nowhere",
    ];
    for (const path of [...outside, ...inside]) {
      await ada.goto(path);
      await ada.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      if (SCREENSHOTS)
        await takeScreenshots(ada, SCREENSHOTS, path.replace(/\/(inc_\w+)?/g, "-").slice(1) || "now");
      expect(await axeFindings(ada), path).toEqual([]);
    }
  });

  it("never broke its own Content-Security-Policy, left its origin or threw", () => {
    expect(misdeeds).toEqual(NO_MISDEEDS);
    expect(misdeedsOfBo).toEqual(NO_MISDEEDS);
  });
});
