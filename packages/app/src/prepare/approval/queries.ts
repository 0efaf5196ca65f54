import {
  type Approval,
  ApprovalId,
  ConsentVia,
  IncidentId,
  type Instant,
  isLive,
  mayDecide,
  PersonId,
  Role,
  standingOf,
} from "@jumpkit/core";
import * as z from "zod";
import type { Viewer } from "../../ports.ts";
import { query } from "../../query.ts";
import type { Reading } from "../../reading.ts";
import { besideOf } from "../delegation/standing.ts";
import { seesApproval } from "./visible.ts";

/** How many requests a list shows at most. */
const SHOWN_MAX = 100;

/** A request for consent as pages show it. */
export const ApprovalView = z
  .object({
    id: ApprovalId,
    incident: IncidentId.nullable(),
    incidentCode: z.string().nullable(),
    operation: z.string(),
    action: z.string(),
    title: z.string(),
    thing: z.string(),
    subject: z.string().describe("the parameter that names the thing; empty where a new one is made"),
    sha256: z.string(),
    parameters: z.record(z.string(), z.unknown()).nullable(),
    consequence: z.string(),
    alternative: z.string(),
    reason: z.string(),
    clause: z.string(),
    asker: PersonId,
    askerName: z.string(),
    askedAt: z.string(),
    expiresAt: z.string(),
    approvers: z.array(Role),
    persons: z.int().describe("how many different people have to consent"),
    consents: z.array(
      z.object({
        person: PersonId,
        name: z.string(),
        roles: z.array(Role),
        condition: z.string(),
        via: ConsentVia,
        at: z.string(),
        takenBy: z.string(),
      }),
    ),
    status: z.enum(["requested", "approved", "refused", "withdrawn", "used", "expired"]),
    ended: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
    mine: z.boolean().describe("whether you asked for it"),
    decidable: z.boolean().describe("whether it waits for you"),
  })
  .meta({ id: "Approval" });

export const listApprovals = query({
  name: "approval.list",
  phase: "prepare",
  summary: "Requests for consent: what waits for you, what you asked for, or all of an incident",
  action: "own",
  path: "/v1/approval",
  input: z.strictObject({
    which: z.enum(["to_decide", "asked", "live"]).default("live"),
    incident: IncidentId.optional().describe("all requests of this incident, newest first"),
  }),
  output: z.object({ items: z.array(ApprovalView) }),
  run: async ({ which, incident }, reading, viewer) => {
    const reads = (await reading.permission(viewer, "incident.read")).allowed;
    const now = reading.now();
    const found = await listed(which, incident, reading, viewer);
    const shown = found.filter((each) => seesApproval(each, viewer, reads));
    const items = shown.filter(
      (each) => which !== "to_decide" || mayDecide(each, besideOf(viewer, each.asker), now),
    );
    return {
      items: await Promise.all(
        items.slice(0, SHOWN_MAX).map((each) => viewOf(each, reading, viewer, reads, now)),
      ),
    };
  },
});

export const showApproval = query({
  name: "approval.show",
  phase: "prepare",
  summary: "One request for consent",
  action: "own",
  path: "/v1/approval/{approval}",
  input: z.strictObject({ approval: ApprovalId }),
  output: ApprovalView,
  run: async (input, reading, viewer) => {
    const approval = await reading.approvals.approval(input.approval);
    if (approval === undefined) return undefined;
    const reads = (await reading.permission(viewer, "incident.read")).allowed;
    if (!seesApproval(approval, viewer, reads)) return undefined;
    return viewOf(approval, reading, viewer, reads, reading.now());
  },
});

function listed(
  which: "to_decide" | "asked" | "live",
  incident: IncidentId | undefined,
  reading: Reading,
  viewer: Viewer,
): Promise<readonly Approval[]> {
  if (incident !== undefined) return reading.approvals.ofIncident(incident, SHOWN_MAX);
  if (which === "asked") return reading.approvals.askedBy(viewer.id, SHOWN_MAX);
  return reading.approvals.live();
}

async function viewOf(
  approval: Approval,
  reading: Reading,
  viewer: Viewer,
  reads: boolean,
  now: Instant,
): Promise<z.input<typeof ApprovalView>> {
  const incident =
    approval.incident === null || !reads ? undefined : await reading.incident(approval.incident);
  return {
    ...approval,
    parameters: approval.parameters && { ...approval.parameters },
    approvers: [...approval.approvers],
    consents: approval.consents.map((consent) => ({ ...consent, roles: [...consent.roles] })),
    incidentCode: incident?.code ?? null,
    status: standingOf(approval, now),
    mine: approval.asker === viewer.id,
    decidable: isLive(approval, now) && mayDecide(approval, besideOf(viewer, approval.asker), now),
  };
}
