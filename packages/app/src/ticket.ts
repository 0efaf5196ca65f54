import { instantAt, TicketId, unixMsOf } from "@jumpkit/core";
import * as z from "zod";
import type { Act } from "./operation.ts";
import type { Effect } from "./ports.ts";

/** How long a download link works: long enough to click, short enough to be worthless in a log file. */
const TICKET_MS = 10 * 60_000;

/** The output fields of an operation that answers with a download link. */
export const TicketOutput = { ticket: TicketId, download: z.string(), expiresAt: z.string() };

type Grants = Extract<Effect, { kind: "ticket" }>["grants"];

/** A fresh link that lets its asker, and nobody else, fetch what `grants` names until it expires. */
export function ticketFor(act: Act, grants: Grants) {
  const ticket = act.newId("tkt");
  const expiresAt = instantAt(unixMsOf(act.now) + TICKET_MS);
  return {
    effect: { kind: "ticket" as const, ticket, person: act.by.id, grants, expiresAt },
    output: { ticket, download: `/v1/download/${ticket}`, expiresAt },
  };
}
