import type { AssetId, EvidenceId, IncidentId, Instant, PersonId } from "../../packages/core/src/index.ts";
import type { Browserless } from "./browserless.ts";
import { EVE_READING, eveLine, send, workedOff } from "./intake.ts";
import type { TestHouse } from "./running.ts";
import { ADVISORY, exercisePlan, LETTERHEAD, type Things } from "./samples.ts";

/** A small organisation with one incident that has a bit of everything. */
export interface Story {
  readonly ada: Browserless;
  readonly bo: Browserless & { readonly id: PersonId };
  readonly incident: IncidentId;
  readonly item: EvidenceId;
  /** What a request can name. */
  readonly things: Things;
}

/** Founds the organisation, adopts the policy, and lives through an incident up to a hand-over offered. */
export async function liveThrough(house: Pick<TestHouse, "visitor" | "setUpSecret">): Promise<Story> {
  const ada = house.visitor();
  await ada.setUp(house.setUpSecret);
  const { shipped } = await ada.ask("policy.show", {});
  await ada.do("policy.adopt", { seen: 0, document: shipped });
  await ada.do("policy.acknowledge", { version: 1 });
  const bo = await ada.addColleague("bo", ["handler", "custodian"]);
  const { incident } = await bo.do("incident.open", {
    what: "www3 scans its neighbours",
    ongoing: "yes",
    lead: bo.id,
  });
  const { changedSeq } = await bo.ask("incident.show", { incident });
  await bo.do("incident.assess", {
    incident,
    seen: changedSeq,
    functionalImpact: "low",
    functionalImpactLikely: "medium",
    informationImpact: ["none"],
    recoverability: "regular",
  });
  for (const text of ["Called the ISP", "They see the scan too", "Took www3 off the network"]) {
    await bo.do("log.note", { incident, text });
  }
  await bo.do("log.correct", { incident, corrects: 5, text: "They do not see the scan" });
  const { upload } = await bo.upload(incident, "access.log", Buffer.from("203.0.113.9 GET /x.php\n"));
  const { item } = await bo.do("evidence.collect", {
    incident,
    upload,
    what: "Access log",
    kind: "log",
    foundAt: "www3",
    place: "Safe 1",
  });
  await bo.do("evidence.seal", { item, seal: "S-100" });
  const people = await ada.ask("person.list", {});
  const adaId = people.items.find((person) => person.signInName === "ada")?.id;
  if (adaId === undefined) throw new Error("Ada is not among the people");
  await bo.do("handover.offer", { item, to: adaId, purpose: "analysis", place: "Lab" });
  const { report } = await bo.do("report.enter", { what: "The timetable shows a stranger's page" });
  const { sign } = await bo.ask("report.show", { report });
  const things = {
    incident,
    item,
    sign,
    report,
    person: bo.id,
    ...(await register(ada, bo.id, incident)),
    ...(await sensor(bo)),
    cost: await aCost(ada, incident),
    exercise: (await ada.do("exercise.plan", exercisePlan(bo.id))).exercise,
    improvement: (
      await ada.do("improvement.propose", {
        incident,
        what: "Try restores",
        owner: bo.id,
        dueOn: "2099-01-01",
      })
    ).improvement,
  };
  return { ada, bo, incident, item, things };
}

/** What the incident costs so far. */
async function aCost(ada: Browserless, incident: IncidentId) {
  await ada.do("cost.choose_currency", { incident, currency: "EUR" });
  const sum = { low: "900", likely: "1000.50", high: "1200" };
  const said = { incident, kind: "service", what: "Harbour forensics", day: "2026-11-20", sum } as const;
  return (await ada.do("cost.add", said)).cost;
}

/** A sensor that has sent one alert. */
async function sensor(bo: Browserless) {
  const { source } = await bo.do("source.add", {
    name: "Harbour sensor",
    reading: EVE_READING,
    expectedEveryHours: 24,
  });
  const batch = await send(bo, source, eveLine({}));
  await workedOff(bo, batch);
  return { source, batch };
}

/** One of everything that the register holds. */
async function register(ada: Browserless, member: PersonId, incident: IncidentId) {
  const { constituent } = await ada.do("constituent.add", { name: "Harbour Physics" });
  const { team } = await ada.do("team.add", { name: "Harbour North", members: [member] });
  const { segment } = await ada.do("segment.add", {
    name: "Harbour Lab",
    constituent,
    team,
    ranges: ["192.0.2.0/24", "2001:db8:7::/48"],
    production: true,
  });
  const { asset } = await ada.do("asset.add", {
    name: "www3.harbour.example",
    otherNames: ["www3"],
    addresses: ["192.0.2.33"],
    segment,
    owner: { text: "Dana at Harbour Physics", person: null, contact: null },
    criticality: "high",
    production: true,
    purpose: "Harbour timetable",
  });
  const { contact } = await ada.do("contact.add", {
    name: "Harbour ISP desk",
    roles: ["isp"],
    answersFor: ["203.0.113.0/24"],
    homeZone: "Europe/Berlin",
  });
  const { duty } = await ada.do("duty.assign", {
    person: member,
    duty: "lead",
    from: "2026-01-01T00:00:00.000Z",
    until: "2026-12-31T00:00:00.000Z",
    dutyZone: "UTC",
  });
  const { element } = await ada.do("scope.widen", {
    incident,
    kind: "host",
    name: "www3.harbour.example",
    asset,
    state: "affected",
    reason: "It scans its neighbours",
  });
  const { hosts } = await ada.do("recovery.take_over", {
    incident,
    hosts: [{ name: "www3.harbour.example", asset }],
    reason: "It scans its neighbours",
  });
  const [host] = hosts;
  if (host === undefined) throw new Error("No host is on its way back");
  const { playbook } = await ada.do("playbook.adopt", { shipped: "nist-handling" });
  const { checklist } = await ada.do("checklist.start", { incident, playbook });
  const coordinating = await ada.do("team.add", { name: "Harbour coordination", kind: "coordinating" });
  const { grant } = await ada.do("grant.give", { incident, team: coordinating.team });
  const cut = await cutOff(ada, incident, asset);
  await ada.do("letterhead.set", LETTERHEAD);
  const { notification } = await ada.do("notification.draft", {
    incident,
    subject: "Scans from your network",
    marking: "TLP:GREEN",
    recipients: [{ contact, channel: "letter" }],
    facts: [{ text: "Scans of ssh", tlp: "TLP:GREEN" }],
  });
  const told = { notification, recipient: contact };
  const { sha256 } = await ada.ask("notification.preview", told);
  await ada.do("notification.release", { ...told, sha256 });
  const { advisory } = await ada.do("advisory.draft", ADVISORY);
  const { reply } = (await ada.dropReply("From: abuse@site.example\r\n\r\ncleaned\r\n", notification)).body;
  return {
    constituent,
    team,
    segment,
    asset,
    contact,
    duty,
    element,
    grant,
    playbook,
    checklist,
    host,
    notification,
    reply,
    advisory,
    ...cut,
  };
}

/** A host that somebody wants to cut off, one that could stand in for it, its backup and one of its accounts. */
async function cutOff(ada: Browserless, incident: IncidentId, asset: AssetId) {
  const { spare } = await ada.do("spare.register", {
    name: "Harbour spare",
    standsInFor: [asset],
    kept: "Harbour timetable",
    howToSwitch: "Point www3 at it",
  });
  const { isolation } = await ada.do("isolation.request", {
    incident,
    kind: "host",
    name: "www3",
    asset,
    why: "It scans its neighbours",
    alternative: { considered: "hot_spare", spare },
    undo: "Open the port again",
    reviewAt: new Date(Date.now() + 4 * 3_600_000).toISOString() as Instant,
  });
  const { backup } = await ada.do("backup.register", {
    name: "Harbour backup",
    assets: [asset],
    place: "Harbour vault",
    everyHours: 24,
  });
  const { copy } = await ada.do("mastercopy.register", {
    ...{ name: "www3", asset, version: 3, manifestSha256: "ab".repeat(32), entryCount: 82_000 },
    ...{ preparedBy: "Harbour key", approvedBy: "Dock key", place: "Harbour safe" },
    expiresAt: new Date(Date.now() + 200 * 86_400_000).toISOString() as Instant,
  });
  const { reset } = await ada.do("reset.plan", { incident, account: "www-data", host: "www3" });
  return { isolation, spare, backup, copy, reset };
}
