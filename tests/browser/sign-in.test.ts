import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeAt, stepAt } from "../../packages/store/src/prepare/people/totp.ts";
import {
  axeFindings,
  launchBrowser,
  type Misdeeds,
  NO_MISDEEDS,
  openPage,
  SIZES,
  takeScreenshots,
} from "../support/browser.ts";
import { PASSPHRASE } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const SCREENSHOTS = process.env["JUMPKIT_SCREENSHOTS"];
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** One person's ways in, each step going on where the one before ended. */
describe("signing in, in a browser", () => {
  let house: TestHouse;
  let browser: Browser;
  let page: Page;
  let misdeeds: Misdeeds;
  let secret: Buffer;
  let recovery = "";

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
    const ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    await ada.do("policy.acknowledge", { version: 1 });
    // Passkeys belong to names: the same server, asked for as localhost.
    const origin = `http://localhost:${house.port}`;
    const context = await browser.newContext({ baseURL: origin, viewport: SIZES.laptop });
    ({ page, misdeeds } = await openPage(context, origin));
    const debug = await context.newCDPSession(page);
    await debug.send("WebAuthn.enable");
    await debug.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const section = (name: string) => page.getByRole("region", { name });
  const code = () => codeAt(secret, stepAt(Date.now()));
  const letEveryCodeWorkAgain = () => house.database.pool.query("UPDATE second_factor SET last_step = 0");

  async function givePassphrase(): Promise<void> {
    await page.goto("/sign-in?next=%2Fprofile");
    await page.getByLabel("Sign-in name").fill("ada");
    await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  const signedIn = () => page.getByRole("button", { name: "Sign out" }).waitFor();

  async function signOut(): Promise<void> {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  }

  it("sets up an authenticator by its secret, and shows recovery codes once", async () => {
    await givePassphrase();
    await signedIn();
    const codes = section("Codes of an authenticator");
    await codes.getByRole("button", { name: "Set up an authenticator" }).click();
    await codes.getByRole("img", { name: /secret for your authenticator/ }).waitFor();
    const text = ((await codes.locator(".secret-text code").textContent()) ?? "").replaceAll(" ", "");
    const bits = [...text].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, "0")).join("");
    secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    const findings = await axeFindings(page);
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "authenticator");
    await codes.getByLabel("Code that it shows now").fill(code());
    await codes.getByRole("button", { name: "Set it" }).click();
    await codes.getByText("Write these recovery codes down").waitFor();
    recovery = (await codes.locator(".recovery-codes code").first().textContent()) ?? "";

    expect(recovery).toMatch(/^([0-9a-f]{5}-){3}[0-9a-f]{5}$/);
    expect([...findings, ...(await axeFindings(page))]).toEqual([]);
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "recovery-codes");
  });

  it("adds a passkey under a name", async () => {
    const passkeys = section("Passkeys");
    await passkeys.getByLabel("Name of a new passkey").fill("The laptop");
    await passkeys.getByRole("button", { name: "Add a passkey" }).click();

    await passkeys.getByText("The laptop").waitFor();
    await passkeys.getByText("never used").waitFor();
  });

  it("asks for the second step, and takes a code", async () => {
    await letEveryCodeWorkAgain();
    await signOut();
    await givePassphrase();
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    const findings = await axeFindings(page);
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "second-step");
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("This code is not right").waitFor();
    await page.getByLabel("Code").fill(code());
    await page.getByRole("button", { name: "Go on" }).click();

    await signedIn();
    expect(findings).toEqual([]);
  });

  it("takes a passkey as the second step, and a recovery code", async () => {
    await signOut();
    await givePassphrase();
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await signedIn();
    await signOut();
    await givePassphrase();
    await page.getByLabel("Code").fill(recovery);
    await page.getByRole("button", { name: "Go on" }).click();

    await signedIn();
    await section("Codes of an authenticator").getByText("9 recovery codes are left").waitFor();
  });

  it("takes a passkey alone, without a name or a passphrase", async () => {
    await signOut();
    await page.goto("/sign-in?next=%2Fprofile");
    const findings = await axeFindings(page);
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "sign-in");
    await page.getByRole("button", { name: "Use a passkey" }).click();

    await signedIn();
    expect(findings).toEqual([]);
  });

  it("asks for a fresh proof before a token is made, and then makes it", async () => {
    await house.database.pool.query("UPDATE session SET proved_at = now() - interval '11 minutes'");
    const tokens = section("Tokens for programs");
    await tokens.getByRole("button", { name: "Make a token" }).click();
    await tokens.getByLabel("What uses it").fill("The sensor at the gate");
    await tokens.getByRole("checkbox", { name: /^Report a suspected incident/ }).check();
    const findings = await axeFindings(page);
    await tokens.getByRole("button", { name: "Make the token" }).click();
    await tokens.getByLabel("Passphrase, or a code").fill(PASSPHRASE);
    if (SCREENSHOTS) await takeScreenshots(page, SCREENSHOTS, "proof");
    await tokens.getByRole("button", { name: "It is me" }).click();

    const made = await tokens.locator(".secret-text code").textContent();
    expect(made).toMatch(/^jk_[0-9a-f]{64}$/);
    await tokens.getByRole("button", { name: "I have it" }).click();
    await tokens.getByText("The sensor at the gate").waitFor();
    expect(findings).toEqual([]);
  });

  it("shows where one is signed in, and ends another session", async () => {
    const laptop = house.visitor();
    await house.database.pool.query("DELETE FROM passkey");
    await house.database.pool.query("DELETE FROM second_factor");
    await house.database.pool.query("DELETE FROM recovery_code");
    // The session in which the organisation was founded; the laptop's is the only other one then.
    await house.database.pool.query("DELETE FROM session WHERE agent = 'node'");
    await laptop.signIn("ada");
    await page.reload();
    const sessions = section("Where you are signed in");
    await sessions.getByText("this one").waitFor();
    const findings = await axeFindings(page);
    if (SCREENSHOTS) {
      await sessions.scrollIntoViewIfNeeded();
      await takeScreenshots(page, SCREENSHOTS, "profile");
    }
    await sessions
      .getByRole("listitem")
      .filter({ hasText: "node" })
      .getByRole("button", { name: "End it" })
      .click();
    await sessions.getByRole("listitem").filter({ hasText: "node" }).waitFor({ state: "detached" });

    expect((await laptop.send("GET", "/v1/person")).status).toBe(401);
    expect(findings).toEqual([]);
    expect(misdeeds).toEqual(NO_MISDEEDS);
  });
});
