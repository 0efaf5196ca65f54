import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, launchBrowser, type Misdeeds, NO_MISDEEDS, pageOf, SIZES } from "../support/browser.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { aSign, insertSigns } from "../support/signs.ts";

/** How many signs wait when the walk begins: enough that most of them are never drawn. */
const WAITING = 1200;

describe("the queue by keyboard alone", () => {
  let house: TestHouse;
  let browser: Browser;
  let story: Story;
  let bo: Page;
  let ada: Page;
  let misdeeds: readonly Misdeeds[];

  const titleOf = (at: number): string => `Probe ${at} of www3`;
  const chosen = (page: Page) => page.locator(".queue-row.chosen .title");
  const heading = (page: Page, at: number) =>
    page.getByRole("heading", { level: 2, name: titleOf(at), exact: true });

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    story = await liveThrough(house);
    // What came in while the story was lived through is no part of this walk.
    await house.database.pool.query("DELETE FROM sign");
    const begin = Date.UTC(2026, 10, 20);
    await insertSigns(
      house.database.pool,
      Array.from({ length: WAITING }, (_, at) =>
        aSign({ title: titleOf(at), lastAt: new Date(begin - at * 60_000).toISOString() }),
      ),
    );
    await story.bo.do("incident.report", { what: "203.0.113.9 scans the town", ongoing: "yes" });
    const [first, second] = [
      await pageOf(browser, house.url, story.bo),
      await pageOf(browser, house.url, story.ada),
    ];
    bo = first.page;
    ada = second.page;
    misdeeds = [first.misdeeds, second.misdeeds];
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it("opens with the newest sign and its whole story, and is clean in both designs", async () => {
    await bo.goto("/");
    await bo.getByRole("heading", { level: 1, name: "Now" }).waitFor();
    await bo.keyboard.press("g");
    await bo.keyboard.press("2");
    await heading(bo, 0).waitFor();

    await bo.getByText("JK-2026-0002").waitFor();
    expect(await bo.getByRole("option").count()).toBeLessThan(60);
    expect(await axeFindings(bo)).toEqual([]);
    await bo.emulateMedia({ colorScheme: "light" });
  });

  it("goes from the sign to a decision in seconds: J, D and a digit", async () => {
    await bo.keyboard.press("j");
    await heading(bo, 1).waitFor();
    await bo.keyboard.press("d");
    await bo.getByRole("dialog").waitFor();
    const findings = await axeFindings(bo);
    await bo.emulateMedia({ colorScheme: "light" });
    await bo.keyboard.press("2");

    await bo.getByText("Dismissed one sign").waitFor();
    await heading(bo, 2).waitFor();
    expect(await chosen(bo).textContent()).toBe(titleOf(2));
    expect(findings).toEqual([]);
  });

  it("takes the decision back with U", async () => {
    await bo.keyboard.press("u");

    await bo.getByRole("option", { name: titleOf(1) }).waitFor();
    await expectEventually(
      async () => (await story.bo.ask("triage.queue", { status: "dismissed" })).items.length.toString(),
      "0",
    );
  });

  it("accepts with A and shows the incident's code", async () => {
    await bo.keyboard.press("a");

    await bo.getByText("Accepted one sign as").waitFor();
    const { items } = await story.bo.ask("incident.list", { status: "reported" });
    expect(items[0]?.title).toBe(titleOf(2));
    expect(await chosen(bo).textContent()).toBe(titleOf(3));
  });

  it("merges with M and Enter into the incident that shares a value, which is marked", async () => {
    await bo.keyboard.press("m");
    const dialog = bo.getByRole("dialog");
    await dialog.getByText("shares 203[.]0[.]113[.]9").first().waitFor();
    await bo.keyboard.press("Enter");

    await bo.getByText(/^Linked one sign to/).waitFor();
    await heading(bo, 4).waitFor();
  });

  it("snoozes with S and a digit until a time with its zone", async () => {
    await bo.keyboard.press("s");
    await bo.getByRole("dialog").waitFor();
    await bo.keyboard.press("1");

    await bo.getByText("Snoozed one sign").waitFor();
    await expectEventually(
      async () => (await story.bo.ask("triage.queue", { status: "snoozed" })).items[0]?.title,
      titleOf(4),
    );
  });

  it("decides on several at once", async () => {
    await heading(bo, 5).waitFor();
    await bo.keyboard.press("x");
    await bo.keyboard.press("Shift+J");
    await bo.keyboard.press("Shift+J");
    await bo.getByText("3 selected").waitFor();
    await bo.keyboard.press("d");
    await bo.getByRole("dialog").waitFor();
    await bo.keyboard.press("Enter");

    await bo.getByText("Dismissed 3 signs").waitFor();
    await expectEventually(
      async () => (await story.bo.ask("triage.queue", { status: "dismissed" })).items.length,
      3,
    );
  });

  it("tells the second of two people that a sign was taken, and by whom if both decide", async () => {
    await ada.goto("/triage");
    await heading(ada, 0).waitFor();
    await bo.goto("/triage");
    await heading(bo, 0).waitFor();
    const { items } = await story.ada.ask("triage.queue", { limit: 1 });
    await bo.keyboard.press("d");
    await bo.getByRole("dialog").waitFor();
    await bo.keyboard.press("1");
    await ada.getByText("Dismissed by Bo Lindqvist").waitFor();

    const answer = await story.ada.try("sign.accept", { sign: items[0]?.id ?? "", seen: 0, seenCount: 1 });
    expect([answer.status, answer.body.code]).toEqual([409, "sign.stale"]);
  });

  it("keeps its filters in the address and finds by every word", async () => {
    await bo.goto("/triage");
    await heading(bo, 1).waitFor();
    await bo.keyboard.press("/");
    await bo.keyboard.type("probe 777");
    await heading(bo, 777).waitFor();

    expect(new URL(bo.url()).searchParams.get("text")).toBe("probe 777");
    await bo.goBack();
    await bo.goto("/triage?status=snoozed");
    await heading(bo, 4).waitFor();
  });

  it("reaches the last of many signs by scrolling", async () => {
    await bo.goto("/triage");
    await heading(bo, 1).waitFor();
    await expectEventually(async () => {
      await bo.locator(".queue-rows").evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return bo.getByRole("option", { name: titleOf(WAITING - 1) }).count();
    }, 1);
  });

  it("is a list and then a sign on a phone", async () => {
    await bo.setViewportSize(SIZES.phone);
    await bo.goto("/triage");
    await bo.getByRole("option", { name: titleOf(8) }).click();
    await heading(bo, 8).waitFor();
    const findings = await axeFindings(bo);
    await bo.getByRole("button", { name: "Back to the queue" }).click();

    await bo.getByRole("option", { name: titleOf(8) }).waitFor();
    expect(findings).toEqual([]);
  });

  it("did nothing that no page of ours may do", () => {
    expect(misdeeds).toEqual([NO_MISDEEDS, NO_MISDEEDS]);
  });
});

/** Waits until `look` gives `wanted`; fails after ten seconds. */
async function expectEventually<Value>(look: () => Promise<Value>, wanted: Value): Promise<void> {
  for (let tries = 0; tries < 100 && (await look()) !== wanted; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await look()).toBe(wanted);
}
