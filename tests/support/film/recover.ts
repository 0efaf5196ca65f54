import { expect } from "vitest";
import { ERADICATION_STEPS, GATES, type Instant } from "../../../packages/core/src/index.ts";
import { type Cast, isSound } from "./cast.ts";

/** By keyboard from an open gate to its proof. */
export async function proveGate({ cleo, incident, asset }: Cast): Promise<void> {
  const { page, client } = cleo;
  await client.do("recovery.take_over", {
    incident,
    hosts: [{ name: "www3.harbour.example", asset }],
    reason: "It scans its neighbours",
  });
  await page.goto(`/incidents/${incident}/recovery`);
  await page.getByRole("grid", { name: "Recovery matrix" }).focus();
  await page.keyboard.press(" ");
  await page.getByRole("gridcell", { name: "Imaged: working, Cleo Marsh" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel("Tool", { exact: true }).fill("dd");
  await page.getByLabel("Its version").fill("9.1");
  await page.getByLabel("What it printed").fill("64 GiB copied");
  await page.getByRole("button", { name: "Prove imaged" }).click();
  await page.getByRole("gridcell", { name: "Imaged: proven, Cleo Marsh" }).waitFor();
  await isSound(page, "recovery");
}

/** The way back stays shut until the last gate has its proof. */
export async function reconnect({ cleo, ada, incident }: Cast): Promise<void> {
  const { page, client } = cleo;
  const { items } = await client.ask("recovery.matrix", { incident });
  const hosts = items.map(({ id }) => id);
  const [host] = hosts;
  if (host === undefined) throw new Error("No host is on its way back");
  for (const step of ERADICATION_STEPS)
    await client.do("recovery.eradicate", { host, step, how: "reinstalled" });
  const { backup } = await ada.client.do("backup.register", { name: "www", place: "vault", everyHours: 24 });
  // The scanner came on 18 January 2024: nothing that was saved since is trusted unseen.
  const takenAt = "2024-01-14T02:00:00.000Z" as Instant;
  await ada.client.do("backup.report", {
    backup,
    outcome: "succeeded",
    happened: { at: takenAt, zone: "UTC" },
  });
  const [item] = (await client.ask("evidence.of_incident", { incident })).items;
  if (item === undefined) throw new Error("No evidence was taken");
  const proof = { kind: "evidence_item", item: item.id } as const;
  for (const gate of GATES.slice(1, -1)) {
    const restorePoint = gate === "data_restored" ? { backup, takenAt } : null;
    await client.do("gate.prove", {
      ...{ incident, hosts, gate, names: "version 3", note: "the oldest there is", proof, restorePoint },
    });
  }
  const back = page.getByRole("button", { name: /^Reconnect www3/ });
  await page.getByText("Missing: Monitored.").waitFor();
  expect(await back.isDisabled()).toBe(true);
  await client.do("gate.prove", { incident, hosts, gate: "monitored", proof });
  await page.getByText("Missing: Monitored.").waitFor({ state: "detached" });
  await back.click();
  await page.getByRole("gridcell", { name: "Connected inside" }).waitFor();
  await client.do("recovery.watch", { host, found: "nothing", how: "Its traffic, for a day" });
  await client.do("recovery.release", { host, note: "It stays off the Internet" });
  await page.getByRole("gridcell", { name: "Released" }).waitFor();
  expect((await client.ask("recovery.matrix", { incident })).items[0]).toMatchObject({
    stage: "released",
    missing: [],
  });
  await page.goto(`/incidents/${incident}/recovery/${host}/sheet`);
  await page.getByRole("heading", { name: "Recovery of www3.harbour.example" }).waitFor();
}

/** A checklist is worked off with two keys, and a playbook adopted. */
export async function checklists({ ada, cleo, incident }: Cast): Promise<void> {
  const { playbook } = await ada.client.do("playbook.adopt", { shipped: "nist-handling" });
  await cleo.client.do("checklist.start", { incident, playbook });
  const { page } = cleo;
  await page.goto(`/incidents/${incident}/checklists`);
  const rows = page.getByRole("checkbox");
  await rows.first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press(" ");
  await rows.nth(1).and(page.locator(":checked")).waitFor();
  await isSound(page, "checklist");
  await ada.page.goto("/playbooks/ransomware");
  await ada.page.getByRole("button", { name: "Adopt it as it stands" }).click();
  await ada.page.getByText("In force, version 1").first().waitFor();
  await isSound(ada.page);
}
