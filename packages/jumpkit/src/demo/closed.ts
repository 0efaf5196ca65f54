import { ERADICATION_STEPS, GATES, type GateId, type Instant, ReviewQuestion } from "@jumpkit/core";
import type { Ground } from "./ground.ts";
import { type Cast, idOf } from "./people.ts";

/** What the review answered, in the order of its questions. */
const ANSWERS: Readonly<Record<ReviewQuestion, string>> = {
  course: "Scanned in the morning, found at noon, isolated within the hour, back on the third day.",
  conduct: "Policy was followed. Nobody was sure at first who may isolate a server.",
  sooner: "That the search page had not been updated since spring.",
  hindrance: "The restore had not been tried for a year and took an afternoon.",
  differently: "Copy the disk before looking around on it.",
  sharing: "The upstream site would have liked the lines of the log at once.",
  prevention: "Updates of everything that the Internet can reach, each week.",
  watch: "Requests for administration pages that we do not have.",
  means: "A second disk of the size of www3's.",
};

/** One incident from a scanner in a real access log to its closing, with everything that lies between. */
export async function playClosed({ ada, bo, cy }: Cast, ground: Ground, log: Uint8Array, now: number) {
  const at = (minutes: number) => ({ at: new Date(now + minutes * 60_000).toISOString(), zone: "UTC" });
  const { source } = await bo.do("source.add", {
    name: "Web server www3",
    expectedEveryHours: 24,
    reading: { kind: "web_access", zone: "UTC", clockOffsetSeconds: 0, host: "www3", mapping: null },
  });
  await bo.send(source, "access.log", log);
  const { items } = await bo.ask("triage.queue", {});
  const found = items.find(({ title }) => title.includes("195.54.160.135")) ?? items[0];
  if (found === undefined) throw new Error("The access log gave no sign");
  const seenSign = { sign: found.id, seen: 0, seenCount: found.count };
  const { incident } = await bo.do("sign.accept", seenSign);
  if (incident === null) throw new Error("The sign became no incident");
  const note = (text: string, minutes: number, kind?: "finding") =>
    bo.do("log.note", { incident, text, happened: at(minutes), ...(kind === undefined ? {} : { kind }) });

  await note("A scanner asked www3 for administration pages; one answer was no 404.", -350, "finding");
  await bo.do("incident.declare", { incident, lead: idOf(bo) });
  const { changedSeq } = await bo.ask("incident.show", { incident });
  await bo.do("incident.assess", {
    ...{ incident, seen: changedSeq, functionalImpact: "medium", functionalImpactLikely: "high" },
    ...{ informationImpact: ["integrity_loss"], recoverability: "supplemented" },
    reason: "A file was written by the web server's account.",
  });
  const upload = await bo.upload(incident, "access.log", log);
  const { item } = await bo.do("evidence.collect", {
    ...{ incident, upload, what: "Access log of www3", kind: "log", foundAt: "www3:/var/log/apache2" },
    place: "Safe 1",
  });
  await bo.do("evidence.seal", { item, seal: "S-1007" });
  const offered = { item, to: idOf(cy), purpose: "keeping", place: "Evidence room" };
  await bo.do("handover.offer", offered);
  const [pending] = (await cy.ask("now.show", {})).offered;
  if (pending === undefined) throw new Error("Nothing was offered to the custodian");
  await cy.do("handover.accept", { item, offer: pending.offer, condition: "intact", place: "Evidence room" });
  await bo.do("observable.promote", {
    ...{ incident, value: "195.54.160.135", role: "offender", tlp: "TLP:GREEN", pap: "PAP:GREEN" },
  });

  const { isolation } = await bo.do("isolation.request", {
    ...{ incident, kind: "host", name: "www3.harbour.example", asset: ground.www3 },
    why: "A strange file in the web root is asked for from outside",
    alternative: { considered: "none_will_do" },
    undo: "Open port 17 of sw-2 again",
    reviewAt: new Date(now + 24 * 3_600_000).toISOString() as Instant,
  });
  await ada.do("isolation.authorise", { isolation });
  await bo.do("isolation.record", { isolation, note: "Port 17 of sw-2 is shut" });
  await bo.do("isolation.verify", { isolation, how: "No answer to ping from its neighbour" });
  await note("The strange file is from the night before; the search page let it in.", -300, "finding");
  await tellSite({ ada, bo }, incident, ground);
  await bringBack({ ada, bo }, incident, ground);

  const heldAt = new Date(now - 60_000).toISOString() as Instant;
  await bo.do("review.plan", { incident, moderator: idOf(ada), meetsAt: heldAt, place: "Room 4" });
  await cy.do("review.give_input", { incident, question: "means", text: ANSWERS.means });
  for (const question of ReviewQuestion.options) {
    await ada.do("review.answer", { incident, question, text: ANSWERS[question] });
  }
  await ada.do("review.hold", { incident, heldAt, present: ["Ada Okafor", "Bo Lindqvist", "Cy Ito"] });
  await ada.do("improvement.propose", {
    ...{ incident, what: "Try the restore of each web server twice a year", target: "playbook" },
    ...{ owner: idOf(bo), dueOn: new Date(now + 60 * 86_400_000).toISOString().slice(0, 10) },
  });
  await ada.do("incident.close", {
    incident,
    summary: "A scanner found a search page that had not been updated, and left a file. www3 was rebuilt.",
  });
  return incident;
}

type Played = Parameters<Cast["ada"]["upload"]>[0];

/** The site that the scanner came from is told, by mail that a demonstration keeps in the house. */
async function tellSite({ ada, bo }: Pick<Cast, "ada" | "bo">, incident: Played, { site }: Ground) {
  const { notification } = await bo.do("notification.draft", {
    ...{ incident, subject: "Scans from your network", marking: "TLP:GREEN" },
    recipients: [{ contact: site, channel: "mail" }],
    facts: [{ observable: { kind: "ipv4", value: "195.54.160.135" }, tlp: "TLP:GREEN" }],
    found: "A host of yours asks web servers for administration pages. It may be compromised.",
    advice: "Look for programs on it that nobody installed.",
  });
  const of = { notification, recipient: site };
  const { sha256 } = await ada.ask("notification.preview", of);
  await ada.do("notification.release", { ...of, sha256 });
  const onItsWay = async () => {
    const { recipients } = await bo.ask("notification.show", { notification });
    return recipients.some(({ state }) => state === "released");
  };
  while (await onItsWay()) await new Promise((resolve) => setTimeout(resolve, 50));
  await bo.do("notification.answer", { ...of, state: "answered", said: "Thank you, it is cleaned." });
}

/** The host goes through all of its gates and back. */
async function bringBack({ ada, bo }: Pick<Cast, "ada" | "bo">, incident: Played, ground: Ground) {
  const { hosts } = await bo.do("recovery.take_over", {
    ...{ incident, reason: "A strange file was run on it" },
    hosts: [{ name: "www3.harbour.example", asset: ground.www3 }],
  });
  const [host] = hosts;
  if (host === undefined) throw new Error("No host is on its way back");
  const prove = (gate: GateId) =>
    bo.do("gate.prove", {
      ...{ incident, hosts: [host], gate, names: "web server, version 3", note: "the oldest there is" },
      proof: { kind: "check_output", tool: "aide", toolVersion: "0.18", text: "0 differences" },
      restorePoint: gate === "data_restored" ? { backup: ground.backup, takenAt: ground.takenAt } : null,
    });
  await prove("imaged");
  for (const step of ERADICATION_STEPS) {
    await bo.do("recovery.eradicate", { host, step, how: "Installed anew from the vendor's medium" });
  }
  for (const gate of GATES.filter((each) => each !== "imaged")) await prove(gate);
  await ada.do("recovery.reconnect", { host, where: "inside" });
  await bo.do("recovery.watch", { host, found: "nothing", how: "Read its logs for a day" });
  await ada.do("recovery.release", { host, note: "The search page stays off" });
}
