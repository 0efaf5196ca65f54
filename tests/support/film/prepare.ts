import { PASSPHRASE } from "../browserless.ts";
import { type Cast, follow, isSound } from "./cast.ts";

/** Ada founds the organisation by the link of the first start, reads the policy and adopts it. */
export async function found({ house, ada }: Cast): Promise<void> {
  const { page } = ada;
  await page.goto(`/setup#${house.setUpSecret}`);
  await page.getByRole("group", { name: "Your organisation" }).getByLabel("Name").fill("Harbour CSIRT");
  await page.getByRole("group", { name: "You", exact: true }).getByLabel("Name").fill("Ada Okafor");
  await page.getByLabel("Title").fill("Head of incident response");
  await page.getByLabel("Phone").fill("+49 30 5550 101");
  await page.getByLabel("Sign-in name").fill("ada");
  await page.getByLabel("Passphrase", { exact: true }).fill("harbour");
  await page.getByText("guess").waitFor();
  await isSound(page);
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByText("Very hard to guess").waitFor();
  await page.getByRole("button", { name: "Set up and read the policy" }).click();
  await page.getByRole("heading", { name: "Incident response policy" }).waitFor();
}

export async function adoptPolicy({ ada }: Cast): Promise<void> {
  const { page } = ada;
  await page.getByRole("link", { name: "Isolate a production system", exact: true }).click();
  await page.getByText("Production systems are isolated with a manager's consent").waitFor();
  await isSound(page, "policy");
  await page.getByRole("button", { name: "Adopt this policy" }).click();
  await page.getByRole("button", { name: "Adopt it now" }).click();
  await page.getByRole("button", { name: "I have read it" }).click();
  await page.getByText("Version 1, in force since").waitFor();
  await page.getByRole("button", { name: "I have read it" }).waitFor({ state: "detached" });
  await follow(ada);
}

/** Bo and Cleo are added, and each comes in by an invitation on a screen of their own. */
export async function invite(cast: Cast): Promise<void> {
  const { ada, bo, cleo } = cast;
  const { page } = ada;
  await page.goto("/people/add");
  await page.getByLabel("Name", { exact: true }).fill("Bo Lindqvist");
  await page.getByLabel("Title").fill("Incident handler");
  await page.getByLabel("Phone").fill("+46 8 555 0102");
  await page.getByLabel("Sign-in name").fill("bo");
  await page.getByRole("checkbox", { name: /^Handler/ }).check();
  await isSound(page);
  await page.getByRole("button", { name: "Add and invite" }).click();
  await welcome(bo, (await page.locator(".invitation code").textContent()) ?? "");
  const { invitation } = await ada.client.do("person.add", {
    signInName: "cleo",
    name: "Cleo Marsh",
    title: "Lead of the night shift",
    phone: "+44 20 5550 103",
    zone: "Europe/London",
    roles: ["lead", "handler", "custodian"],
  });
  await welcome(cleo, invitation ?? "");
}

async function welcome(player: Cast["bo"], link: string): Promise<void> {
  const { page } = player;
  await page.goto(link);
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Choose this passphrase" }).click();
  await page.getByRole("button", { name: "I have read it" }).click();
  await page.getByRole("button", { name: "I have read it" }).waitFor({ state: "detached" });
  await follow(player);
}

/** What has to be known before anything happens: the host, who answers for the scanner's network. */
export async function register(cast: Cast): Promise<void> {
  const { client } = cast.ada;
  const { constituent } = await client.do("constituent.add", { name: "Harbour Physics" });
  const { segment } = await client.do("segment.add", {
    name: "Harbour Lab",
    constituent,
    ranges: ["192.0.2.0/24"],
    production: true,
  });
  const { asset } = await client.do("asset.add", {
    name: "www3.harbour.example",
    otherNames: ["www3"],
    addresses: ["192.0.2.33"],
    segment,
    criticality: "high",
    production: true,
    purpose: "Harbour timetable",
  });
  const { contact } = await client.do("contact.add", {
    name: "Jane Roe",
    organisation: "Example Hosting",
    roles: ["address_owner"],
    answersFor: ["157.230.0.0/16"],
    phone: "+1 555 0101",
  });
  Object.assign(cast, { asset, contact });
}
