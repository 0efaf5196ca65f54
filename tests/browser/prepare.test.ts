import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, launchBrowser, type Misdeeds, NO_MISDEEDS, pageOf } from "../support/browser.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("the pages of preparation", () => {
  let house: TestHouse;
  let browser: Browser;
  let page: Page;
  let misdeeds: Misdeeds;
  let ada: Browserless;
  let incident: string;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    const bo = await ada.addColleague("bo", ["handler"], { name: "Bo Lindqvist" });
    const { team } = await ada.do("team.add", { name: "North", members: [bo.id] });
    await ada.do("segment.add", { name: "Data centre", ranges: ["192.0.2.0/24"], team });
    await ada.do("asset.add", { name: "www3", addresses: ["192.0.2.33"], owner: { text: "Dana" } });
    await ada.do("contact.add", {
      name: "Duty desk",
      roles: ["isp"],
      phone: "+49 30 555 010",
      homeZone: "Europe/Berlin",
      escalation: 1,
    });
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const { items } = await ada.ask("person.list", {});
    const lead = items.find((person) => person.signInName === "ada")?.id ?? "";
    await ada.do("duty.assign", {
      person: lead,
      duty: "lead",
      from: at(-3_600_000),
      until: at(3_600_000),
      dutyZone: "UTC",
    });
    ({ incident } = await ada.do("incident.open", { what: "www3 scans", ongoing: "yes" }));
    await ada.do("scope.widen", { incident, kind: "host", name: "www3", reason: "it scans" });
    ({ page, misdeeds } = await pageOf(browser, house.url, bo));
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const PAGES: ReadonlyArray<readonly [name: string, path: () => string, shows: string]> = [
    ["the sources before there is one", () => "/triage/sources", "No signs come in yet"],
    ["a new source", () => "/triage/sources?open=add", "Its clock is ahead by seconds"],
    ["hosts", () => "/hosts", "Dana"],
    ["a new host", () => "/hosts/add", "What it is for"],
    ["networks and teams", () => "/networks", "192.0.2.0/24"],
    ["a segment", () => "/networks?open=segment:add", "one a line"],
    ["contacts", () => "/contacts", "+49 30 555 010"],
    ["a new contact", () => "/contacts/add", "Order of escalation"],
    ["an import of contacts", () => "/contacts/import", "security.txt"],
    ["the duty roster", () => "/duty", "on duty"],
    ["the call sheet", () => "/call-sheet", "Throw away after"],
    ["now", () => "/", "On duty"],
    ["the scope", () => `/incidents/${incident}/scope`, "it scans"],
  ];

  for (const [name, path, shows] of PAGES) {
    it(`have no barrier in either design: ${name}`, async () => {
      await page.goto(path());
      await page.getByText(shows).first().waitFor();

      expect(await axeFindings(page)).toEqual([]);
    });
  }

  it("name who is on duty, and the number, for what one may not do alone, without a mouse", async () => {
    await page.goto("/hosts");
    await page.getByRole("heading", { name: "Hosts" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("isolate prod");

    await page.getByText("On duty: Ada Okafor +49 30 5550 101").waitFor();
    await page.keyboard.press("Escape");
  });

  it("find a contact while one types, and add a host from the keyboard", async () => {
    await page.goto("/contacts");
    await page.getByText("Duty desk").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("nobody such");
    await page.getByText("Nobody fits these filters").waitFor();

    await page.goto("/hosts/add");
    await page.getByLabel("Name", { exact: true }).fill("db1.harbour.example");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "db1.harbour.example" }).waitFor();
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
