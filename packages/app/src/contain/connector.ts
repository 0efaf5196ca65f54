import {
  accept,
  askRun,
  endRun,
  ISOLATION_KINDS,
  type IsolationFact,
  IsolationId,
  prose,
  RunId,
  type RunOutcome,
  stampNow,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { type Operation, operation } from "../operation.ts";
import { query } from "../query.ts";
import { isolationIn } from "./isolation.ts";

const Asked = z.object({ isolation: IsolationId, run: RunId });

export const connectorRun = operation({
  name: "connector.run",
  phase: "contain",
  action: "host.recover",
  thing: "isolation",
  visibleBy: "incident.read",
  summary:
    "Let a connector cut off what was authorised to be; the server runs it, and its result is recorded",
  input: z.strictObject({
    isolation: IsolationId,
    connector: z.string().max(40).describe("its name, as the operator of the server called it"),
    looked: prose(2000)
      .default("")
      .describe("What was seen at the device; needed after a run whose outcome nobody knows"),
  }),
  output: Asked,
  load: async (input, records, act) => {
    const loaded = await isolationIn(records, input.isolation);
    const connector = records.contain.connectors().find(({ name }) => name === input.connector);
    return loaded && { ...loaded, connector, run: act.newId("run") };
  },
  decide: ({ incident, isolation, connector, run }, { looked }, act) => {
    const asked = askRun(incident, isolation, connector, stampOf(undefined, act), { run, looked });
    if (!asked.ok) return asked;
    return accept({
      facts: [asked.value],
      effects: [{ kind: "run_queued", run, isolation: isolation.id, now: act.now }],
      output: { isolation: isolation.id, run },
    });
  },
});

/** What a run came to, as the worker that ran it says. */
export interface RunReport {
  readonly isolation: IsolationId;
  readonly run: RunId;
  readonly outcome: RunOutcome;
  /** What the connector answered, at most 4,000 characters that the log can store. */
  readonly text: string;
}

/**
 * The operation that records what a run came to, in the name of the person who let the connector loose.
 *
 * No route leads to it. They were permitted to when they asked; what was done then is recorded whatever the
 * policy has become. A run whose outcome is known already is `connector.run_over`.
 */
export function reportRun(report: RunReport): Operation {
  return operation({
    name: "connector.report",
    phase: "contain",
    summary: "Record what a run of a connector came to",
    action: "own",
    input: z.strictObject({ run: RunId }),
    output: Asked,
    load: (_input, records) => isolationIn(records, report.isolation),
    decide: ({ isolation }, _input, act) => {
      const ended = endRun(isolation, stampNow(act.now, act.by.zone), act.now, report);
      if (!ended.ok) return ended;
      const facts: readonly IsolationFact[] = ended.value;
      return accept({
        facts,
        effects: [{ kind: "run_over", run: report.run, outcome: report.outcome, now: act.now }],
        output: { isolation: isolation.id, run: report.run },
      });
    },
  });
}

export const listConnectors = query({
  name: "connector.list",
  phase: "contain",
  summary: "The connectors that the operator of the server set up, and what each can cut off",
  action: "incident.read",
  path: "/v1/connector",
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z
        .object({
          name: z.string(),
          says: z.string(),
          kind: z.enum(["command", "webhook"]),
          for: z.array(z.enum(ISOLATION_KINDS)),
          needsAddress: z.boolean(),
        })
        .meta({ id: "Connector" }),
    ),
  }),
  run: async (_input, reading) => ({
    items: reading.contain.connectors().map((each) => ({ ...each, for: [...each.for] })),
  }),
});
