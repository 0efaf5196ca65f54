import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cast, isSound } from "./cast.ts";

const LOGS = join(import.meta.dirname, "../../../packages/exchange/src/detect/access-log/samples");

/** An ordinary day of a web server, with a scanner of another day in it. */
export const ACCESS_LOG = Buffer.concat(
  ["elastic-apache-1000.log", "crowdsec-http-admin-interface-probing.log"].map((name) =>
    readFileSync(join(LOGS, name)),
  ),
);
/** The address that looked for administrative interfaces. */
export const SCANNER = "157.230.234.189";

const defang = (address: string): string => address.replaceAll(".", "[.]");

/** Bo adds the web server as a source and sends its log. */
export async function sendLog({ bo }: Cast): Promise<void> {
  const { page } = bo;
  await page.goto("/triage/sources");
  await page.getByText("No signs come in yet").waitFor();
  await page.getByRole("link", { name: "Add a source" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Web server www3");
  await page.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: /web/i }).click();
  await page.getByLabel("Host", { exact: true }).fill("www3.harbour.example");
  await isSound(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("heading", { name: "Send a file" }).waitFor();
  await page.setInputFiles("input[type=file]", {
    name: "access.log",
    mimeType: "text/plain",
    buffer: ACCESS_LOG,
  });
  await page.getByText(/8 events, \d new signs/).waitFor();
  await isSound(page, "sources");
}

/** By keyboard: to the queue, to the scanner, and it is an incident. */
export async function triage(cast: Cast): Promise<void> {
  const { page, client } = cast.bo;
  await page.keyboard.press("g");
  await page.keyboard.press("2");
  await page.getByRole("heading", { level: 2, name: /An administrative interface was looked for/ }).waitFor();
  await page.getByText(defang(SCANNER)).first().waitFor();
  await isSound(page, "triage");
  await page.keyboard.press("a");
  await page.getByText("Accepted one sign as").waitFor();
  const { items } = await client.ask("incident.list", {});
  const [incident] = items;
  if (incident === undefined) throw new Error("No incident came of the sign");
  Object.assign(cast, { incident: incident.id, code: incident.code });
}

/** Bo declares what came of the sign, and says what it is. */
export async function declare({ bo, incident, code }: Cast): Promise<void> {
  const { page } = bo;
  await page.goto(`/incidents/${incident}`);
  await page.getByRole("heading", { level: 1, name: new RegExp(code) }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Declare it" }).click();
  await page.getByRole("button", { name: "Declare it" }).waitFor({ state: "detached" });
  await page.getByRole("region", { name: "What was seen" }).getByRole("link", { name: "Change" }).click();
  await page.getByLabel("Title").fill("www3 was entered through its admin page");
  await page
    .getByRole("group", { name: "Marking" })
    .getByLabel(/^TLP:AMBER(?!\+)/)
    .check();
  await isSound(page);
  await page.getByRole("button", { name: "Record the change" }).click();
  await page.getByRole("heading", { level: 1, name: /entered through its admin page/ }).waitFor();
}

/** Three scales, and which priority they give before it is recorded. */
export async function rate({ bo }: Cast): Promise<void> {
  const { page } = bo;
  await page.getByRole("link", { name: "Rate impact" }).click();
  await page.getByRole("group", { name: "Functional impact now" }).getByLabel("Low").check();
  await page.getByRole("group", { name: "if it is not contained" }).getByLabel("High").check();
  await page.getByLabel(/^Privacy breach/).check();
  await page.getByLabel(/^Supplemented/).check();
  await page.getByRole("status").getByText("because business impact is high").waitFor();
  await isSound(page);
  await page.getByRole("button", { name: "Record the rating" }).click();
  await page.getByText("Rated critical, because business impact is high").waitFor();
}
