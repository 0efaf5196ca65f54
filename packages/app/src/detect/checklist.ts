import {
  AssetKind,
  accept,
  type Checklist,
  ChecklistId,
  GateId,
  type Incident,
  IncidentId,
  markStep,
  PlaybookId,
  PlaybookStep,
  prose,
  RecoveryId,
  refuse,
  StepReason,
  startChecklist,
  suits,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { type Act, operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";

const Done = z.object({ incident: IncidentId });
const onStep = {
  phase: "detect",
  action: "log.write",
  visibleBy: "incident.read",
  thing: "checklist",
  output: Done,
} as const;
const StepOf = {
  checklist: ChecklistId,
  step: z.string().max(40),
  host: RecoveryId.nullable()
    .default(null)
    .describe("the host on its way back, for a step that is done once for each"),
};

const checklistStart = operation({
  name: "checklist.start",
  phase: "detect",
  action: "log.write",
  visibleBy: "incident.read",
  thing: "incident",
  summary: "Go through a playbook in an incident",
  input: z.strictObject({ incident: IncidentId, playbook: PlaybookId }),
  output: Done.extend({ checklist: ChecklistId }),
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    const playbook = await records.playbooks.playbook(input.playbook);
    if (incident === undefined || playbook === undefined) return undefined;
    const started = await records.playbooks.checklistsOf(incident.id);
    return { incident, playbook, started, id: act.newId("chk") };
  },
  decide: ({ incident, playbook, started, id }, _input, act) => {
    const outcome = startChecklist(incident, id, stampOf(undefined, act), playbook, started);
    return outcome.ok
      ? accept({ facts: [outcome.value], output: { incident: incident.id, checklist: id } })
      : outcome;
  },
});

const checklistDo = operation({
  name: "checklist.do",
  ...onStep,
  summary: "Say that a step of a checklist is done",
  input: z.strictObject({ ...StepOf, note: prose(1000).default(""), happened }),
  load: (input, records) => stepAtHand(records, input),
  decide: (at, { step, note, happened: said }, act) => marked(at, act, step, { as: "done", note }, said),
});

const checklistSkip = operation({
  name: "checklist.skip",
  ...onStep,
  summary: "Skip a step of a checklist, and say why",
  input: z.strictObject({ ...StepOf, reason: StepReason }),
  load: (input, records) => stepAtHand(records, input),
  decide: (at, { step, reason }, act) => marked(at, act, step, { as: "skipped", reason }),
});

const checklistReopen = operation({
  name: "checklist.reopen",
  ...onStep,
  summary: "Take a step of a checklist up again",
  input: z.strictObject({ ...StepOf, reason: prose(1000).default("") }),
  load: (input, records) => stepAtHand(records, input),
  decide: (at, { step, reason }, act) => marked(at, act, step, { as: "open", reason }),
});

const MarkView = z.object({
  step: z.string(),
  host: RecoveryId.nullable(),
  state: z.enum(["done", "skipped"]),
  by: z.string(),
  at: z.string(),
  seq: z.int(),
  words: z.string(),
});

const listChecklists = query({
  name: "checklist.of_incident",
  phase: "detect",
  summary:
    "The checklists of an incident with what was done and skipped, and the playbooks that would suit it",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/checklist",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    items: z.array(
      z
        .object({
          id: ChecklistId,
          title: z.string(),
          version: z.int(),
          playbook: PlaybookId.nullable(),
          startedAt: z.string(),
          steps: z.array(z.object({ ...PlaybookStep.shape, gate: GateId.nullable() })),
          marks: z.array(MarkView),
        })
        .meta({ id: "Checklist" }),
    ),
    hosts: z.array(z.object({ id: RecoveryId, name: z.string() })),
    fitting: z.array(
      z.object({ id: PlaybookId, title: z.string(), summary: z.string(), suggested: z.boolean() }),
    ),
  }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const items = await reading.playbooks.checklistsOf(incident.id);
    const started = new Set(items.map(({ playbook, version }) => `${playbook} ${version}`));
    const kinds = await kindsInScope(incident.id, reading);
    const books = (await reading.playbooks.all()).flatMap(({ id, version, inForce, status }) =>
      inForce === null || status !== "in_force" || started.has(`${id} ${version}`) ? [] : [{ id, inForce }],
    );
    return {
      items: items.map(({ incident: _, ...each }) => ({
        ...each,
        steps: [...each.steps],
        marks: [...each.marks],
      })),
      hosts: (await reading.recovery.hosts(incident.id)).map(({ id, name }) => ({ id, name })),
      fitting: books.map(({ id, inForce }) => ({
        id,
        title: inForce.title,
        summary: inForce.summary,
        suggested: suits(inForce, incident.vector, kinds),
      })),
    };
  },
});

/** The operations on the checklists that incidents make of playbooks. */
export const CHECKLIST_OPERATIONS = [checklistStart, checklistDo, checklistSkip, checklistReopen] as const;

/** The queries about checklists. */
export const CHECKLIST_QUERIES = [listChecklists] as const;

/** How many assets of the register are looked up to tell what kinds of them are in scope. */
const LOOKED_UP = 50;

/** The kinds of asset in an incident's scope, as the register knows them or as they were named. */
async function kindsInScope(incident: IncidentId, reading: Reading): Promise<readonly AssetKind[]> {
  const elements = (await reading.contacts.scopeOf(incident)).filter(({ state }) => state !== "ruled_out");
  const kinds = new Set<AssetKind>();
  for (const { kind, asset } of elements.slice(0, LOOKED_UP)) {
    const known = asset === null ? undefined : await reading.register.asset(asset);
    const named = AssetKind.safeParse(kind);
    if (known !== undefined) kinds.add(known.kind);
    else if (named.success) kinds.add(named.data);
  }
  return [...kinds];
}

async function stepAtHand(
  records: Records,
  input: { readonly checklist: ChecklistId; readonly host: RecoveryId | null },
) {
  const checklist = await records.playbooks.checklist(input.checklist);
  const incident = checklist && (await records.incident(checklist.incident));
  if (checklist === undefined || incident === undefined) return undefined;
  const hosts = input.host === null ? [] : await records.recovery.of(incident.id);
  const host = hosts.find(({ id }) => id === input.host) ?? null;
  return input.host !== null && host === null ? undefined : { checklist, incident, host };
}

function marked(
  at: {
    readonly checklist: Checklist;
    readonly incident: Incident;
    readonly host: { readonly id: RecoveryId; readonly name: string } | null;
  },
  act: Act,
  step: string,
  said: Parameters<typeof markStep>[4],
  when?: Parameters<typeof stampOf>[0],
) {
  const { checklist, incident, host } = at;
  const outcome = markStep(incident, checklist, stampOf(when, act), { step, host }, said);
  return outcome.ok
    ? accept({ facts: [outcome.value], output: { incident: incident.id } })
    : refuse(outcome.refusal);
}
