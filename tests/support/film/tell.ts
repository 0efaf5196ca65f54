import { expect } from "vitest";
import { type Cast, isSound } from "./cast.ts";
import { SCANNER } from "./detect.ts";

/** Before the first letter, Ada says under whose name it is written. */
export async function letterhead({ ada, incident }: Cast): Promise<void> {
  const { page } = ada;
  await page.goto(`/incidents/${incident}/notify`);
  await page.getByText("Nobody outside is told yet").waitFor();
  await page.keyboard.press("n");
  await page.getByLabel("Team").fill("Harbour CERT");
  await page.getByRole("textbox", { name: "Mail" }).fill("cert@harbour.example");
  await page.getByRole("textbox", { name: "Phone" }).fill("+49 40 1234");
  await page.getByRole("textbox", { name: "Answered" }).fill("always");
  await page.getByRole("button", { name: "Write under this name" }).click();
  await page.getByRole("button", { name: "Write under this name" }).waitFor({ state: "detached" });
}

/** From an observable to a letter that leaves exactly as it was shown, and to the answer. */
export async function tell({ cleo, incident }: Cast): Promise<void> {
  const { page, client } = cleo;
  await client.do("log.note", { incident, text: "The pay run is late" });
  const seen = { role: "offender", tlp: "TLP:GREEN", pap: "PAP:GREEN" } as const;
  await client.do("observable.promote", { incident, value: SCANNER, ...seen, note: "scans" });
  await page.goto(`/incidents/${incident}/notify`);
  await page.getByText("Nobody outside is told yet").waitFor();
  await isSound(page);
  await page.keyboard.press("n");
  await page.getByRole("button", { name: "Tell them" }).click();
  await page.getByRole("combobox", { name: "By", exact: true }).selectOption("letter");
  await page.getByLabel("Subject").fill("Scans from your network");
  await page.getByRole("checkbox", { name: /157\[\.\]230/ }).check();
  await page.getByRole("checkbox", { name: /pay run/ }).check();
  await page.getByRole("combobox", { name: /About, The pay run/ }).selectOption("business");
  await page.getByText("Struck out: what it does to the business is not for them").waitFor();
  await page.getByText("address 157[.]230[.]234[.]189: scans [TLP:GREEN]").waitFor();
  await isSound(page, "letter");
  await page.keyboard.press("Control+Enter");
  await page.getByText("1 of 2 facts are struck out and stay here").waitFor();
  await isSound(page);
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
  const { items } = await client.ask("notification.of_incident", { incident });
  expect(items[0]?.recipients[0]).toMatchObject({ state: "answered", said: "Cleaned", channel: "letter" });
}
