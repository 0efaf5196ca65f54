import { type Cast, isSound } from "./cast.ts";

/** Bo asks by keyboard to cut a production host off; the policy wants a manager's consent. */
export async function askToIsolate({ bo, incident }: Cast): Promise<void> {
  const { page } = bo;
  await page.goto(`/incidents/${incident}`);
  await page.getByText("Rated critical").waitFor();
  await page.keyboard.press("i");
  await page.getByLabel("Name or address").waitFor();
  await page.keyboard.type("www3.harbour.example");
  await page.getByText("Harbour timetable").first().waitFor();
  await page.getByLabel("Why").fill("it scans its neighbours");
  await isSound(page);
  await page.getByRole("button", { name: "Ask for it" }).click();
  await page.getByRole("button", { name: "Authorise it" }).click();
  await page.getByLabel("Why is it needed?").fill("Every minute it reaches more hosts");
  await isSound(page);
  await page.getByRole("button", { name: "Ask for consent" }).click();
  await page.getByText("Waiting for Ada Okafor").waitFor();
}

/** Ada reads on Now what is asked and what it costs, and consents. */
export async function consent({ ada }: Cast): Promise<void> {
  const { page } = ada;
  await page.goto("/");
  await page.getByRole("link", { name: "Look and decide" }).click();
  await page.getByRole("heading", { name: "Exactly this, and nothing else" }).waitFor();
  await isSound(page, "consent");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await page.getByText(/^Bo Lindqvist asked for consent/).waitFor();
}

/** The authority given, Bo cuts it off, and says how anybody knows that it is. */
export async function cutOff({ bo }: Cast): Promise<void> {
  const { page } = bo;
  await page.getByRole("button", { name: "Do it now" }).click();
  await page.getByRole("heading", { name: "How to do it" }).waitFor();
  await isSound(page, "isolation");
  await page.getByLabel("How it was done").fill("port 7 is shut");
  await page.keyboard.press("Enter");
  await page.getByLabel("How do you know that it is cut off?").fill("no ping");
  await page.keyboard.press("Enter");
  await page.getByText("Cut off, verified").first().waitFor();
  await page.getByRole("link", { name: "Work order" }).click();
  await page.getByText(/^Authorised by/).waitFor();
  await isSound(page);
}
