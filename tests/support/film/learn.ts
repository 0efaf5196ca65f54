import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { instantAt, ReviewQuestion } from "../../../packages/core/src/index.ts";
import { type Cast, isSound } from "./cast.ts";

/** Those who took part meet and answer every question. */
export async function review({ cleo, incident }: Cast): Promise<void> {
  const { page, client } = cleo;
  await page.goto(`/incidents/${incident}/lessons`);
  await page.getByText("0 of 9 answered").waitFor();
  await isSound(page, "lessons");
  const { person } = await client.ask("now.show", {});
  const heldAt = instantAt(Date.now() - 60_000);
  await client.do("review.plan", { incident, moderator: person.id, meetsAt: heldAt, place: "Room 4" });
  for (const question of ReviewQuestion.options)
    await client.do("review.answer", { incident, question, text: "as the log says" });
  await client.do("review.hold", { incident, heldAt, present: ["Ada, Bo and Cleo"] });
  await page.getByText("with Ada, Bo and Cleo", { exact: true }).waitFor();
  await isSound(page);
}

/** What the incident costs: an hour and a half at a price. */
export async function count({ cleo, incident }: Cast): Promise<void> {
  const { page } = cleo;
  await page.goto(`/incidents/${incident}/cost`);
  await page.getByRole("button", { name: "Keep it in EUR" }).click();
  await page.getByRole("button", { name: "Write down a cost" }).click();
  await page.getByLabel("What", { exact: true }).fill("Rebuilt www3");
  await page.getByLabel("An hour costs").fill("80");
  await page.getByLabel("Minutes", { exact: true }).fill("90");
  await isSound(page);
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByRole("region", { name: "Ledger" }).getByText("120.00").first().waitFor();
  await isSound(page, "cost");
}

/** How it stood after the first entry, by keyboard, and what is different now. */
export async function lookBack({ cleo, incident, code }: Cast): Promise<void> {
  const { page } = cleo;
  await page.goto(`/incidents/${incident}`);
  await page.getByRole("heading", { level: 1, name: new RegExp(code) }).waitFor({ state: "attached" });
  await page.keyboard.press("t");
  await page.getByText("Nothing: this is how it stands now.").waitFor();
  await page.keyboard.press("Home");
  await page.getByText(/^After entry 1 of/).waitFor();
  await page
    .getByRole("region", { name: "Different now" })
    .getByText(/declared/)
    .first()
    .waitFor();
  await isSound(page, "as-it-stood");
  await page.keyboard.press("Escape");
}

/** With everything settled the incident closes, and its log takes no more lines. */
export async function close({ ada, cleo, incident, code }: Cast): Promise<void> {
  await cleo.page.goto(`/incidents/${incident}`);
  await cleo.page.getByRole("button", { name: "Take the lead" }).click();
  await cleo.page.getByRole("button", { name: "Take the lead" }).waitFor({ state: "detached" });
  const { page } = ada;
  await page.goto(`/incidents/${incident}/close`);
  await page.getByRole("button", { name: `Close ${code}` }).click();
  await page.getByText("its log takes no more lines").waitFor();
  await page.getByText("Made from the handling log alone").waitFor();
  await isSound(page);
}

/** The report as it will stand on paper, and the paper. */
export async function report({ ada, incident }: Cast): Promise<void> {
  const { page } = ada;
  await page.goto(`/incidents/${incident}/report`);
  await page.getByText("Made from the handling log alone").waitFor();
  await isSound(page, "report");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as PDF" }).click(),
  ]);
  expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await page.getByText("its saving is on record").waitFor();
  await page.goto(`/incidents/${incident}`);
}

/** The case file leaves, and says how a stranger verifies it. Gives back the file. */
export async function handOut({ ada, code }: Cast): Promise<string> {
  const { page } = ada;
  await page.getByRole("link", { name: "Hand out the case file" }).click();
  await page.getByLabel("To whom?").fill("Harbour police");
  await page.getByLabel("What for?").fill("Criminal investigation");
  await isSound(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Record and download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${code}.tar`);
  await page.getByText("Handed the case file to Harbour police").waitFor();
  expect(await page.getByText("sh verify.sh --key log.vkey").count()).toBe(1);
  return download.path();
}
