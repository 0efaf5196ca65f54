import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import type { IncidentId } from "../../kernel/id.ts";
import { Pap } from "../../kernel/pap.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Tlp } from "../../kernel/tlp.ts";
import type { Incident } from "../incident/incident.ts";
import { type IncidentRefusal, mustBeOpen } from "../incident/life.ts";
import { AddressRole } from "../sign/sign.ts";
import { ObservableKind, type ObservableValue, readObservable } from "./recognise.ts";

export const OBSERVABLE_ENTRIES = {
  "observable.promoted": z.object({
    kind: ObservableKind,
    value: z.string(),
    role: AddressRole,
    tlp: Tlp,
    pap: Pap,
    /** The incident's entry in which it was seen, and the place in that entry's text, in UTF-16 units. */
    entry: z.int().nullable(),
    offset: z.int().nullable(),
    note: z.string(),
  }),
  "observable.withdrawn": z.object({ kind: ObservableKind, value: z.string(), reason: z.string() }),
};

/** What is said of a value when it is confirmed. */
export interface SaidOfObservable {
  readonly role: AddressRole;
  readonly tlp: Tlp;
  readonly pap: Pap;
  readonly entry: number | null;
  readonly offset: number | null;
  readonly note: string;
}

/** A value that somebody confirmed as part of an incident, or had confirmed and withdrew. */
export interface Observable extends SaidOfObservable, ObservableValue {
  readonly incident: IncidentId;
  readonly confirmed: boolean;
  readonly by: string;
  readonly at: string;
  /** Why it was withdrawn; empty while it is confirmed. */
  readonly reason: string;
}

/** The observable after one more entry about it; `undefined` while the entry no longer says which it is. */
export function projectObservable(
  before: Observable | undefined,
  entry: Entry<typeof OBSERVABLE_ENTRIES>,
): Observable | undefined {
  const { kind, value } = entry.body;
  if (kind === undefined || value === undefined || entry.incident === null) return before;
  const by = entry.actor?.name ?? "(withheld)";
  if (entry.type === "observable.withdrawn") {
    const reason = entry.body.reason ?? "(withheld)";
    return before && { ...before, confirmed: false, by, at: entry.recordedAt, reason };
  }
  const { role = "unknown", tlp = "TLP:RED", pap = "PAP:RED", note = "(withheld)" } = entry.body;
  const { entry: place = null, offset = null } = entry.body;
  return {
    incident: entry.incident,
    ...{ kind, value, role, tlp, pap, note, offset, by },
    entry: place,
    confirmed: true,
    at: entry.recordedAt,
    reason: "",
  };
}

export type ObservableRefusal =
  | { readonly code: "observable.not_recognised"; readonly value: string }
  | { readonly code: "observable.already_confirmed"; readonly value: string }
  | { readonly code: "observable.not_confirmed"; readonly value: string };

type Decided = Result<Fact<typeof OBSERVABLE_ENTRIES>, ObservableRefusal | IncidentRefusal>;

/**
 * The entry that confirms a value as part of an incident, or changes what was said of it.
 *
 * @param typed   the value, defanged or not
 * @param before  what was said of it so far
 */
export function promoteObservable(
  incident: Incident,
  before: Observable | undefined,
  happened: Stamp,
  typed: string,
  said: SaidOfObservable,
): Decided {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  const value = readObservable(typed);
  if (value === undefined) return refuse({ code: "observable.not_recognised", value: typed });
  const same =
    before?.confirmed === true &&
    before.role === said.role &&
    before.tlp === said.tlp &&
    before.pap === said.pap &&
    before.note === said.note;
  if (same) return refuse({ code: "observable.already_confirmed", value: value.value });
  return accept({
    type: "observable.promoted",
    incident: incident.id,
    happened,
    body: { ...value, ...said },
  });
}

/** The entry that takes a confirmed value back, with the reason. */
export function withdrawObservable(
  incident: Incident,
  before: Observable | undefined,
  happened: Stamp,
  typed: string,
  reason: string,
): Decided {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  if (before?.confirmed !== true) return refuse({ code: "observable.not_confirmed", value: typed });
  const { kind, value } = before;
  return accept({
    type: "observable.withdrawn",
    incident: incident.id,
    happened,
    body: { kind, value, reason },
  });
}
