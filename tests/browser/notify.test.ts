import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, launchBrowser, NO_MISDEEDS, pageOf } from "../support/browser.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("telling another site from the page", () => {
  let house: TestHouse;
  let browser: Browser;
  let ada: Browserless;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it("goes from an observable to a letter that leaves exactly as it was shown, and to the answer", async () => {
    const { incident } = await ada.do("incident.report", { what: "www3 is scanned", ongoing: "yes" });
    await ada.do("contact.add", {
      name: "Jane Roe",
      organisation: "Example Hosting",
      roles: ["address_owner"],
      answersFor: ["203.0.113.0/24"],
      phone: "+1 555 0101",
    });
    await ada.do("log.note", { incident, text: "The pay run is late" });
    const seen = { role: "offender", tlp: "TLP:GREEN", pap: "PAP:GREEN" } as const;
    await ada.do("observable.promote", { incident, value: "203.0.113.9", ...seen, note: "scans" });
    const { page, misdeeds } = await pageOf(browser, house.url, ada);
    await page.goto(`/incidents/${incident}/notify`);
    await page.getByText("Nobody outside is told yet").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("n");
    await page.getByLabel("Team").fill("Harbour CERT");
    await page.getByRole("textbox", { name: "Mail" }).fill("cert@harbour.example");
    await page.getByRole("textbox", { name: "Phone" }).fill("+49 40 1234");
    await page.getByRole("textbox", { name: "Answered" }).fill("always");
    await page.getByRole("button", { name: "Write under this name" }).click();
    await page.getByRole("button", { name: "Tell them" }).click();
    await page.getByRole("combobox", { name: "By", exact: true }).selectOption("letter");
    await page.getByLabel("Subject").fill("Scans from your network");
    await page.getByRole("checkbox", { name: /203\[\.\]0/ }).check();
    await page.getByRole("checkbox", { name: /pay run/ }).check();
    await page.getByRole("combobox", { name: /About, The pay run/ }).selectOption("business");
    await page.getByText("Struck out: what it does to the business is not for them").waitFor();
    await page.getByText("address 203[.]0[.]113[.]9: scans [TLP:GREEN]").waitFor();
    // On a tall screen nothing is half behind the docked log line.
    await page.setViewportSize({ width: 1440, height: 1800 });
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");

    await page.getByText("1 of 2 facts are struck out and stay here").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Release the letter" }).click();
    await page.getByLabel("Who took it, and how it travels").fill("A courier, at 10:05");
    await page.getByRole("button", { name: "It was handed over" }).click();
    await page.getByRole("radio", { name: "Answered" }).check();
    await page.getByLabel("What they said").fill("Cleaned");
    await page.getByRole("button", { name: "Write it down" }).click();
    await page
      .getByRole("button", { name: /Jane Roe/ })
      .getByText("answered")
      .waitFor();

    const { items } = await ada.ask("notification.of_incident", { incident });
    expect(items[0]?.recipients[0]).toMatchObject({ state: "answered", said: "Cleaned", channel: "letter" });
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
