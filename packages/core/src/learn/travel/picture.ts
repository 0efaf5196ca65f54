import type { Isolation } from "../../contain/isolation/isolation.ts";
import type { Notification } from "../../coordinate/notification/notification.ts";
import type { Incident } from "../../detect/incident/incident.ts";
import type { ScopeElement } from "../../detect/scope/scope.ts";
import type { EvidenceItem } from "../../document/evidence/item.ts";
import type { PersonId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { GATE_TEXTS, GATES } from "../../prepare/playbook/gate.ts";
import {
  ERADICATION_STEPS,
  ERADICATION_TEXTS,
  type GatePlan,
  type RecoveringHost,
} from "../../recover/host/host.ts";
import { gateState, stageOf } from "../../recover/host/matrix.ts";

/** What a picture says of the incident itself, in the order in which it is told. */
export const PICTURE_FACTS = [
  "title",
  "status",
  "priority",
  "because",
  "lead",
  "team",
  "tlp",
  "vector",
  "origin",
  "ongoing",
  "description",
] as const;
export type PictureFact = (typeof PICTURE_FACTS)[number];

/** The kinds of thing that an incident has several of, in the order in which they are told. */
export const PICTURE_GROUPS = ["host", "isolation", "evidence", "scope", "sign", "notification"] as const;
export type PictureGroup = (typeof PICTURE_GROUPS)[number];

/** One thing of an incident, with what was true of it: name of the fact → words or a word of our lists. */
export interface PictureRow {
  readonly id: string;
  readonly name: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** An incident as its log said it was at a moment. Two pictures are the same when nothing that is told differs. */
export interface IncidentPicture {
  readonly facts: Readonly<Record<PictureFact, string>>;
  readonly rows: Readonly<Record<PictureGroup, readonly PictureRow[]>>;
}

/** What the facts of the incident are drawn from beside its own state. */
export interface NamesThen {
  /** The name of a person who leads; who they were is in the log, what they are called now is not. */
  readonly person: (id: PersonId) => string;
  readonly team: string;
}

/** What is told of the incident itself; an empty text is *not said*. */
export function factsOf(incident: Incident, named: NamesThen): IncidentPicture["facts"] {
  const { title, status, tlp, vector, origin, ongoing, description, rating, lead } = incident;
  return {
    title,
    status,
    priority: rating?.priority ?? "unrated",
    because: rating?.because ?? "",
    lead: lead === null ? "" : named.person(lead),
    team: named.team,
    tlp,
    vector,
    origin,
    ongoing,
    description,
  };
}

/** A host with where it stands on its way back, each step of eradication and each gate, at `at`. */
export function hostRow(host: RecoveringHost, plan: GatePlan | undefined, at: Instant): PictureRow {
  const steps = ERADICATION_STEPS.map((step) => [
    ERADICATION_TEXTS[step].title,
    host.eradicated[step] === undefined ? "open" : "done",
  ]);
  const gates = GATES.map((gate) => [GATE_TEXTS[gate].title, gateState(host, plan, gate, at)]);
  const stage = ["Stage", stageOf(host, plan, at)];
  return { id: host.id, name: host.name, facts: Object.fromEntries([stage, ...steps, ...gates]) };
}

/** What is or was to be cut off, and who looks after it. */
export function isolationRow({ id, target, state, ownerName, reviewAt }: Isolation): PictureRow {
  return {
    id,
    name: target.name,
    facts: { State: state, Kind: target.kind, Owner: ownerName, "Review by": reviewAt ?? "" },
  };
}

/** An item of evidence with its custodian and its place. */
export function itemRow(item: EvidenceItem): PictureRow {
  return {
    id: item.id,
    name: `${item.number} · ${item.identification.what}`,
    facts: {
      State: item.state,
      Custodian: item.custodian.name,
      Place: item.place,
      Seal: item.seal,
      "Offered to": item.pending?.toName ?? "",
    },
  };
}

/** Something in scope, or ruled out of it. */
export function scopeRow({ id, name, kind, state }: ScopeElement): PictureRow {
  return { id, name, facts: { State: state, Kind: kind } };
}

/** Who was told what, and how far each recipient is. */
export function notificationRow({ id, ref, subject, dropped, told }: Notification): PictureRow {
  const people = told.map(({ name, answer, released }) => [
    `To ${name}`,
    answer?.state ?? released?.outcome ?? "released",
  ]);
  const written = told.length === 0 ? "draft" : "released";
  const state = dropped === "" ? written : "dropped";
  return { id, name: `${ref} · ${subject}`, facts: Object.fromEntries([["State", state], ...people]) };
}
