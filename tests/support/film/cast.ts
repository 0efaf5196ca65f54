import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import type { AssetId, ContactId, IncidentId } from "../../../packages/core/src/index.ts";
import {
  axeFindings,
  launchBrowser,
  type Misdeeds,
  NO_MISDEEDS,
  pageOf,
  SIZES,
  takeScreenshots,
} from "../browser.ts";
import type { Browserless } from "../browserless.ts";
import { startHouse, type TestHouse } from "../running.ts";

/** A folder to leave pictures of the walk in, for the guide and for people who judge how pages look. */
const SCREENSHOTS = process.env["JUMPKIT_SCREENSHOTS"];

/** So tall that no button is cut in half by the edge of what scrolls, which axe takes for a button too small. */
const TALL = { width: SIZES.laptop.width, height: 2000 };

/** Somebody at a screen of their own, and the same session without the screen. */
export interface Player {
  readonly page: Page;
  readonly misdeeds: Misdeeds;
  readonly client: Browserless;
}

/** Three people who walk through one incident, and what they find on the way. */
export interface Cast {
  readonly house: TestHouse;
  readonly browser: Browser;
  /** Head of incident response: founds, decides, closes. */
  readonly ada: Player;
  /** Handler: sees it first, writes it down, cuts it off. */
  readonly bo: Player;
  /** Lead: takes evidence over, brings the host back, tells others. */
  readonly cleo: Player;
  incident: IncidentId;
  code: string;
  asset: AssetId;
  contact: ContactId;
}

/** The house and three empty screens; nobody is anybody yet. */
export async function openCast(): Promise<Cast> {
  const [house, browser] = await Promise.all([startHouse(), launchBrowser()]);
  const player = async (): Promise<Player> => ({
    ...(await pageOf(browser, house.url)),
    client: house.visitor(),
  });
  const [ada, bo, cleo] = [await player(), await player(), await player()];
  const unknown = { incident: "" as IncidentId, code: "", asset: "" as AssetId, contact: "" as ContactId };
  return { house, browser, ada, bo, cleo, ...unknown };
}

export async function closeCast(cast: Cast | undefined): Promise<void> {
  await cast?.browser.close();
  await cast?.house.close();
}

/** Lets the client of a player go on in the session that the player's page has by now. */
export async function follow({ page, client }: Player): Promise<Browserless> {
  const cookies = await page.context().cookies();
  client.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return client;
}

/** Fails where axe finds a barrier in either design; leaves a picture where pictures are wanted. */
export async function isSound(page: Page, picture?: string): Promise<void> {
  await page.setViewportSize(TALL);
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize(SIZES.laptop);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  if (SCREENSHOTS !== undefined && picture !== undefined) await takeScreenshots(page, SCREENSHOTS, picture);
}

/** Nobody's page broke its own rules, asked a stranger or threw. */
export function behaved({ ada, bo, cleo }: Cast): void {
  expect([ada, bo, cleo].map(({ misdeeds }) => misdeeds)).toEqual([NO_MISDEEDS, NO_MISDEEDS, NO_MISDEEDS]);
}
