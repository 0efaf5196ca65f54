import type { Cast } from "./people.ts";
import { idOf } from "./people.ts";

/** What the organisation prepared before anything happened. */
export type Ground = Awaited<ReturnType<typeof prepare>>;

/** Hosts, contacts, duty, a backup and a playbook: what one has ready. */
export async function prepare({ ada, bo }: Cast, now: number) {
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString() as never;
  const { constituent } = await ada.do("constituent.add", { name: "Harbour Physics" });
  const { team } = await ada.do("team.add", { name: "Harbour North", members: [idOf(ada), idOf(bo)] });
  const { segment } = await ada.do("segment.add", {
    ...{ name: "Server room", constituent, team, production: false },
    ranges: ["192.0.2.0/24", "2001:db8:7::/48"],
  });
  const host = (name: string, address: string, criticality: "high" | "low", purpose: string) =>
    ada.do("asset.add", {
      ...{
        name,
        otherNames: [name.split(".")[0] ?? name],
        addresses: [address],
        segment,
        criticality,
        purpose,
      },
      owner: { text: "Harbour Physics", person: null, contact: null },
      production: false,
    });
  const { asset: www3 } = await host("www3.harbour.example", "192.0.2.33", "high", "Timetable and tickets");
  await host("mail.harbour.example", "192.0.2.25", "high", "Mail");
  const { asset: lab7 } = await host("lab-7.harbour.example", "192.0.2.107", "low", "Laboratory");
  const { contact: site } = await ada.do("contact.add", {
    ...{ name: "Jane Roe", organisation: "A site upstream", roles: ["address_owner"] },
    ...{ email: "abuse@site.example", phone: "+1 555 0100", homeZone: "Europe/Berlin" },
    answersFor: ["195.54.160.0/23"],
  });
  await ada.do("contact.add", {
    ...{ name: "National team", organisation: "CERT-X", roles: ["own_csirt"] },
    ...{ email: "cert@x.example", phone: "+49 228 5550", homeZone: "Europe/Berlin" },
  });
  await ada.do("letterhead.set", {
    ...{ team: "Harbour CSIRT", email: "csirt@harbour.example", phone: "+49 30 5550 100", hours: "always" },
  });
  await ada.do("duty.assign", {
    ...{ person: idOf(bo), duty: "lead", from: at(-4), until: at(8), dutyZone: "Europe/Berlin" },
  });
  const { backup } = await ada.do("backup.register", { name: "www3", place: "vault", everyHours: 24 });
  const takenAt = at(-72);
  await ada.do("backup.report", { backup, outcome: "succeeded", happened: { at: takenAt, zone: "UTC" } });
  await ada.do("playbook.adopt", { shipped: "nist-handling" });
  return { www3, lab7, site, backup, takenAt };
}
