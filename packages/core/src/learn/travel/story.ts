import { ISOLATION_ENTRIES, type Isolation, projectIsolation } from "../../contain/isolation/isolation.ts";
import {
  NOTIFICATION_ENTRIES,
  type Notification,
  projectNotification,
} from "../../coordinate/notification/notification.ts";
import { INCIDENT_ENTRIES, type Incident, projectIncident } from "../../detect/incident/incident.ts";
import { projectScope, SCOPE_ENTRIES, type ScopeElement } from "../../detect/scope/scope.ts";
import { projectTriage, type SignTriage, TRIAGE_ENTRIES } from "../../detect/triage/triage.ts";
import { EVIDENCE_ENTRIES, type EvidenceItem, projectItem } from "../../document/evidence/item.ts";
import type { Entry, EntryBodies } from "../../document/log/entry.ts";
import type { PersonId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { type GatePlan, RECOVERY_ENTRIES, type RecoveringHost } from "../../recover/host/host.ts";
import { projectGatePlan, projectHost } from "../../recover/host/project.ts";
import {
  factsOf,
  hostRow,
  type IncidentPicture,
  isolationRow,
  itemRow,
  notificationRow,
  type PictureRow,
  scopeRow,
} from "./picture.ts";

/** The types of entry that a picture is drawn from; all others are passed over without being read. */
export const STORY_ENTRIES: readonly string[] = [
  INCIDENT_ENTRIES,
  EVIDENCE_ENTRIES,
  ISOLATION_ENTRIES,
  RECOVERY_ENTRIES,
  SCOPE_ENTRIES,
  TRIAGE_ENTRIES,
  NOTIFICATION_ENTRIES,
].flatMap(Object.keys);

/**
 * An incident told entry by entry: at any place in between, it can be asked how things stood.
 *
 * It draws on the same rules that the tables are made by, so that at the end it says what they say.
 */
export class IncidentStory {
  #incident: Incident | undefined;
  #plan: GatePlan | undefined;
  #team = "";
  readonly #items = new Map<string, EvidenceItem>();
  readonly #isolations = new Map<string, Isolation>();
  readonly #hosts = new Map<string, RecoveringHost>();
  readonly #scope = new Map<string, ScopeElement>();
  readonly #notifications = new Map<string, Notification>();
  readonly #signs = new Map<string, { readonly triage: SignTriage; readonly title: string }>();

  /** Takes the next entry of the incident's log, in the order of the log. */
  add(entry: Entry): void {
    this.#incident = projectIncident(this.#incident, entry);
    if (isOf(INCIDENT_ENTRIES, entry)) this.#addAssignment(entry);
    else if (isOf(EVIDENCE_ENTRIES, entry)) {
      advance(this.#items, entry.body.item, (before) => projectItem(before, entry));
    } else if (isOf(ISOLATION_ENTRIES, entry)) {
      advance(this.#isolations, entry.body.isolation, (before) => projectIsolation(before, entry));
    } else if (isOf(RECOVERY_ENTRIES, entry)) this.#addRecovery(entry);
    else if (isOf(SCOPE_ENTRIES, entry)) {
      advance(this.#scope, entry.body.element, (before) => projectScope(before, entry));
    } else if (isOf(TRIAGE_ENTRIES, entry)) this.#addSign(entry);
    else if (isOf(NOTIFICATION_ENTRIES, entry)) {
      advance(this.#notifications, entry.body.notification, (before) => projectNotification(before, entry));
    }
  }

  /**
   * How things stand after the entries so far; `undefined` before the incident was reported.
   *
   * @param at      the moment it is asked for: a waiver that has ended by then no longer holds
   * @param person  the name of the person who leads
   */
  picture(at: Instant, person: (id: PersonId) => string): IncidentPicture | undefined {
    if (this.#incident === undefined) return undefined;
    return {
      facts: factsOf(this.#incident, { person, team: this.#team }),
      rows: {
        host: [...this.#hosts.values()].map((host) => hostRow(host, this.#plan, at)),
        isolation: [...this.#isolations.values()].map(isolationRow),
        evidence: [...this.#items.values()].map(itemRow),
        scope: [...this.#scope.values()].map(scopeRow),
        sign: this.#signRows(),
        notification: [...this.#notifications.values()].map(notificationRow),
      },
    };
  }

  #addAssignment(entry: Entry<typeof INCIDENT_ENTRIES>): void {
    if (entry.type === "incident.assigned") this.#team = entry.body.name ?? "(withheld)";
  }

  #addRecovery(entry: Entry<typeof RECOVERY_ENTRIES>): void {
    const { host } = entry.body;
    if (host == null) this.#plan = projectGatePlan(this.#plan, entry);
    else advance(this.#hosts, host, (before) => projectHost(before, entry));
  }

  #addSign(entry: Entry<typeof TRIAGE_ENTRIES>): void {
    advance(this.#signs, entry.body.sign, (before) => {
      const triage = projectTriage(before?.triage, entry);
      if (triage === undefined) return before;
      const told = "about" in entry.body ? entry.body.about?.title : undefined;
      return { triage, title: told ?? before?.title ?? "(withheld)" };
    });
  }

  /** A sign that was taken back is part of the incident no more. */
  #signRows(): PictureRow[] {
    return [...this.#signs].flatMap(([id, { triage, title }]) =>
      triage.status === "accepted" || triage.status === "merged"
        ? [{ id, name: title, facts: { State: triage.status } }]
        : [],
    );
  }
}

function isOf<Bodies extends EntryBodies>(
  entries: Bodies,
  entry: { readonly type: string },
): entry is Entry<Bodies> {
  return entry.type in entries;
}

function advance<State>(
  states: Map<string, State>,
  id: string | undefined,
  next: (before: State | undefined) => State | undefined,
): void {
  if (id === undefined) return;
  const after = next(states.get(id));
  if (after !== undefined) states.set(id, after);
}
