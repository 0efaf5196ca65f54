import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApprovalId, instantAt } from "../../packages/core/src/index.ts";
import { axeFindings, launchBrowser, NO_MISDEEDS, pageOf } from "../support/browser.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("the pages of authority", () => {
  let house: TestHouse;
  let browser: Browser;
  let ada: Browserless;
  let bo: Browserless;
  let approval: ApprovalId;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"], { name: "Bo Lindqvist" });
    const { incident } = await bo.do("incident.open", { what: "payroll asks for commands", ongoing: "yes" });
    const action = "host.isolate_production";
    const reason = "Nobody who could consent answers the phone";
    await bo.do("breakglass.open", { incident, action, reason, minutes: 30 });
    const other = await bo.do("incident.open", { what: "www3 scans its neighbours", ongoing: "yes" });
    const { isolation } = await bo.do("isolation.request", {
      incident: other.incident,
      kind: "host",
      name: "www3",
      why: "it scans its neighbours",
      alternative: { considered: "none_will_do" },
      undo: "open the port again",
      reviewAt: instantAt(Date.now() + 4 * 3_600_000),
    });
    const wanted = { operation: "isolation.authorise", parameters: { isolation }, reason: "It spreads" };
    ({ approval } = await bo.do("approval.request", wanted));
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it.each([
    ["now", "/", "Broken glass"],
    ["the policy", "/policy", "Isolate a production system"],
    ["the next version of the policy", "/policy/draft", "The next version of the policy"],
    ["the versions", "/policy/versions", "by version"],
    ["one version", "/policy/versions/1", "Signatures"],
    ["broken glass", "/break-glass", "Bo Lindqvist"],
    ["the playbooks", "/playbooks", "Playbooks"],
  ])("have no barrier in either design: %s", async (_, path, shows) => {
    const { page, misdeeds } = await pageOf(browser, house.url, ada);
    await page.goto(path);
    await page.getByText(shows).first().waitFor();

    expect(await axeFindings(page)).toEqual([]);
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.context().close();
  });

  it("show what is asked and what it costs, and take the answer of a phone without script", async () => {
    const { page } = await pageOf(browser, house.url, ada);
    for (const path of [`/approvals/${approval}`, `/approve/${approval}`]) {
      await page.goto(path);
      await page.getByText("It spreads").first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
    }
    await page.goto("/report");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
    const [name = "", value = ""] = ada.cookie.split("=", 2);
    const phone = await browser.newContext({
      baseURL: house.url,
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    });
    await phone.addCookies([{ name, value, url: house.url }]);
    const plain = await phone.newPage();
    await plain.goto(`/approve/${approval}`);

    await plain.getByRole("button", { name: "Approve", exact: true }).click();

    await plain.waitForLoadState();
    expect((await bo.ask("approval.show", { approval })).status).toBe("approved");
    await phone.close();
  });
});
