import { expect } from "vitest";
import { type Cast, isSound } from "./cast.ts";
import { ACCESS_LOG } from "./detect.ts";

/** A line is saved on Enter, its parts seen before, and a second person reads it at once. */
export async function write({ bo, cleo, incident }: Cast): Promise<void> {
  await cleo.page.goto(`/incidents/${incident}`);
  await cleo.page.getByText("Rated critical").waitFor();
  const { page } = bo;
  await page.keyboard.press("l");
  await page.keyboard.type("called J. Ortiz (ISP): they see no scan @cleo #www3.harbour.example !call");
  await page.getByText("asset www3").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(/^saved \d\d:\d\d:\d\dZ$/).waitFor();
  await cleo.page.getByRole("cell", { name: "they see no scan" }).waitFor();
  expect(await page.getByLabel("Handling log line").inputValue()).toBe("");
}

/** A wrong line stays, struck, beside the new one. */
export async function correct({ bo, cleo }: Cast): Promise<void> {
  const { page } = bo;
  await page.getByRole("row").filter({ hasText: "they see no scan" }).getByRole("link").click();
  await page.getByLabel("What it should say").fill("called J. Ortiz (ISP): they do see the scan");
  await page.getByLabel("Why (optional)").fill("misheard");
  await isSound(page);
  await page.getByRole("button", { name: "Add the correction" }).click();
  await cleo.page.locator("s", { hasText: "they see no scan" }).waitFor();
  await cleo.page.getByText("corrected").waitFor();
  await isSound(cleo.page, "handling-log");
}

/** The access log is taken into custody, with everything that tells it from any other. */
export async function takeEvidence({ bo }: Cast): Promise<void> {
  const { page } = bo;
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await page.setInputFiles("input[type=file]", {
    name: "access.log",
    mimeType: "text/plain",
    buffer: ACCESS_LOG,
  });
  await page.getByText("Safe on the server").waitFor();
  await page.getByLabel("What is it?").fill("Access log of www3");
  await page.getByLabel("Where was it found?").fill("www3:/var/log/apache2");
  await page.getByLabel("Where is it kept from now on?").fill("Evidence safe 1");
  await page.getByLabel("MAC addresses").fill("00:1b:44:11:3a");
  await page.getByRole("button", { name: "Take it into custody" }).click();
  await page.getByText("is not a MAC address").waitFor();
  await page.getByLabel("MAC addresses").fill("00:1b:44:11:3a:b7");
  await isSound(page);
  await page.getByRole("button", { name: "Take it into custody" }).click();
  await page.getByRole("heading", { name: "Access log of www3" }).waitFor();
  await page.getByText("Taken into custody").waitFor();
}

/** Bo offers it by keyboard; while nobody has answered, the incident cannot be closed. */
export async function offer({ bo, ada, incident, code }: Cast): Promise<void> {
  const { page } = bo;
  await page.keyboard.press("h");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Hand over" }).click();
  await page.getByRole("combobox", { name: "To whom" }).fill("Cleo");
  await page.getByRole("option", { name: /Cleo Marsh/ }).click();
  await page.getByLabel("What for").fill("Analysis");
  await isSound(page);
  await page.getByRole("button", { name: "Offer it to Cleo Marsh" }).click();
  await page.getByText("Offered to Cleo Marsh").waitFor();
  await ada.page.goto(`/incidents/${incident}/close`);
  await ada.page.getByLabel("What happened, and how does it stand now?").fill("Host rebuilt");
  await ada.page.getByRole("button", { name: `Close ${code}` }).click();
  await ada.page.getByText("The incident cannot be closed while questions are open.").waitFor();
  await ada.page.getByText("Evidence item 1 was offered to Cleo Marsh").waitFor();
  await ada.page.getByText("Nobody leads this incident").first().waitFor();
  await isSound(ada.page);
}

/** Cleo takes it over, and the custody form names both with zone and phone. */
export async function takeOver({ cleo, incident }: Cast): Promise<void> {
  const { page } = cleo;
  await page.goto(`/incidents/${incident}/evidence`);
  await page.getByRole("link", { name: /Access log of www3/ }).click();
  await page.getByRole("button", { name: "Take it over" }).click();
  await page.getByLabel("Not sealed").check();
  await isSound(page);
  await page.getByRole("dialog").getByRole("button", { name: "Take it over" }).click();
  await page.getByText("Handed over").waitFor();
  await isSound(page, "chain-of-custody");
  await page.getByRole("link", { name: "Custody form" }).click();
  await page.getByRole("heading", { name: "Evidence item 1: Access log of www3" }).waitFor();
  const sheet = await page.getByRole("article").textContent();
  expect(sheet).toContain("Bo Lindqvist, Incident handler, +46 8 555 0102");
  expect(sheet).toContain("Cleo Marsh, Lead of the night shift, +44 20 5550 103");
  await isSound(page);
}
