import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings, launchBrowser, SIZES, takeScreenshots } from "../support/browser.ts";
import { PASSPHRASE } from "../support/browserless.ts";
import { TestProvider } from "../support/openid-provider.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const SCREENSHOTS = process.env["JUMPKIT_SCREENSHOTS"];

/** The provider is another site to the browser: it is at 127.0.0.1, and Jumpkit is asked for as localhost. */
describe("signing in at a provider, in a browser", () => {
  let provider: TestProvider;
  let house: TestHouse;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    provider = await TestProvider.start();
    const { issuer, clientId, clientSecret } = provider;
    const settings = { provider: { issuer, clientId, clientSecret, name: "Harbour login" } };
    [house, browser] = await Promise.all([startHouse(settings), launchBrowser()]);
    const ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    await ada.do("policy.acknowledge", { version: 1 });
    const origin = `http://localhost:${house.port}`;
    const context = await browser.newContext({ baseURL: origin, viewport: SIZES.laptop });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
    await provider?.close();
  });

  const section = () => page.getByRole("region", { name: "Accounts elsewhere" });
  const leave = () => page.getByRole("button", { name: "Sign in with Harbour login" }).click();
  const signOut = async (): Promise<void> => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  };

  it("refuses an account that nobody linked, and leaves no answer in the address", async () => {
    await page.goto("/sign-in?next=%2Fprofile");
    await page.getByRole("button", { name: "Sign in with Harbour login" }).waitFor();
    const findings = await axeFindings(page);
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "sign-in-provider");
    await leave();
    await page.getByText("What came back from the provider opens nothing here").waitFor();

    expect([...findings, ...(await axeFindings(page))]).toEqual([]);
    expect(new URL(page.url()).search).toBe("");
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "provider-rejected");
  });

  it("links the account of somebody who is signed in", async () => {
    await page.goto("/sign-in?next=%2Fprofile");
    await page.getByLabel("Sign-in name").fill("ada");
    await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await section().getByRole("button", { name: "Link your account at Harbour login" }).click();

    await section().getByText("never used").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    if (SCREENSHOTS) {
      await section().scrollIntoViewIfNeeded();
      await takeScreenshots(page, SCREENSHOTS, "provider-linked");
    }
  });

  it("signs in with it and goes on to the page that was asked for", async () => {
    await signOut();
    await page.goto("/sign-in?next=%2Fprofile");
    await leave();
    await page.getByRole("button", { name: "Sign out" }).waitFor();

    expect(new URL(page.url()).pathname).toBe("/profile");
    await page.reload();
    await section().getByRole("button", { name: "Remove" }).click();
    await section().getByRole("button", { name: "Remove" }).waitFor({ state: "detached" });
  });
});
