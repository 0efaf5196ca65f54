import {
  ACTION_IDS,
  accept,
  BREAK_GLASS_MINUTES_MAX,
  BREAK_GLASS_REASON_MIN,
  BreakGlassId,
  BreakGlassVerdict,
  breakGlass,
  IncidentId,
  Instant,
  isBroken,
  line,
  mustBeOpen,
  PersonId,
  policyAction,
  refuse,
  reviewBreakGlass,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { query } from "../../query.ts";
import { onlyByLoanOf } from "../delegation/standing.ts";

const Reason = line(1000).refine((text) => text.trim().length >= BREAK_GLASS_REASON_MIN, {
  error: `has to say more: at least ${BREAK_GLASS_REASON_MIN} characters`,
});

export const openBreakGlass = operation({
  name: "breakglass.open",
  phase: "prepare",
  action: "own",
  thing: "incident",
  visibleBy: "incident.read",
  publishes: true,
  summary:
    "Break the glass: take authority that needs consent, when nobody can be reached, and answer for it",
  input: z.strictObject({
    incident: IncidentId,
    action: z.enum(ACTION_IDS),
    reason: Reason,
    minutes: z.int().min(5).max(BREAK_GLASS_MINUTES_MAX).default(60),
  }),
  output: z.object({ breakglass: BreakGlassId, expiresAt: Instant }),
  load: async ({ incident: named, action }, records, act, { authority }) => {
    const incident = await records.incident(named);
    if (incident === undefined) return undefined;
    const plain = await authority.permits(act.by, action);
    const broken = await authority.permits(act.by, action, { brokenGlass: true });
    const may = { anyway: plain.allowed, byBreaking: broken.allowed, clause: plain.clause };
    const open = await records.breakGlass.brokenBy(act.by.id, action);
    const before = open.find((each) => each.incident === incident.id);
    return { incident, may, before, id: act.newId("bkg") };
  },
  decide: ({ incident, may, before, id }, { action, reason, minutes }, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const moment = { happened: stampOf(undefined, act), now: act.now };
    const said = { action, title: policyAction(action).title, reason, minutes };
    const outcome = breakGlass(incident.id, id, moment, act.by, may, before, said);
    if (!outcome.ok) return outcome;
    const { expiresAt } = outcome.value.body;
    return accept({ facts: [outcome.value], output: { breakglass: id, expiresAt } });
  },
});

export const reviewBrokenGlass = operation({
  name: "breakglass.review",
  phase: "prepare",
  action: "authority.review",
  thing: "breakglass",
  visibleBy: "incident.read",
  summary: "Say whether breaking the glass was justified; never by whoever broke it",
  input: z.strictObject({ breakglass: BreakGlassId, verdict: BreakGlassVerdict, text: line(4000) }),
  output: z.object({ incident: IncidentId }),
  load: async (input, records, act, { authority }) => {
    const glass = await records.breakGlass.breakGlass(input.breakglass);
    if (glass === undefined) return undefined;
    return { glass, deputy: await onlyByLoanOf(glass.person, act.by, "authority.review", authority) };
  },
  decide: ({ glass, deputy }, { verdict, text }, act) => {
    // What the deputy reviews with is lent by whoever is reviewed.
    if (deputy) return refuse({ code: "breakglass.own" });
    const outcome = reviewBreakGlass(glass, stampOf(undefined, act), act.by.id, { verdict, text });
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: glass.incident } }) : outcome;
  },
});

const BreakGlassView = z
  .object({
    id: BreakGlassId,
    incident: IncidentId,
    incidentCode: z.string(),
    person: PersonId,
    name: z.string(),
    action: z.string(),
    title: z.string(),
    reason: z.string(),
    clause: z.string(),
    openedAt: z.string(),
    expiresAt: z.string(),
    broken: z.boolean().describe("whether it lets them act still"),
    uses: z.array(z.object({ operation: z.string(), thing: z.string(), at: z.string() })),
    mine: z.boolean(),
  })
  .meta({ id: "BreakGlass" });

export const listBreakGlass = query({
  name: "breakglass.list",
  phase: "prepare",
  summary: "Where the glass was broken and nobody has reviewed it yet: for reviewers, and one's own",
  action: "own",
  path: "/v1/breakglass",
  input: z.strictObject({}),
  output: z.object({ items: z.array(BreakGlassView), reviews: z.boolean() }),
  run: async (_input, reading, viewer) => {
    const reviews = (await reading.permission(viewer, "authority.review")).allowed;
    const reads = (await reading.permission(viewer, "incident.read")).allowed;
    const shown = (await reading.breakGlass.unreviewed()).filter(
      (each) => each.person === viewer.id || (reviews && reads),
    );
    const items = await Promise.all(
      shown.map(async (each) => ({
        ...each,
        uses: [...each.uses],
        incidentCode: (await reading.incident(each.incident))?.code ?? "",
        broken: isBroken(each, reading.now()),
        mine: each.person === viewer.id,
      })),
    );
    return { items, reviews };
  },
});
