import type { QueryOutput } from "../../packages/app/src/index.ts";
import type { SourceId } from "../../packages/core/src/index.ts";
import type { Browserless } from "./browserless.ts";

/** What a batch became, as its sender sees it. */
export type Batch = QueryOutput<"batch.show">;

/** How a sensor without any peculiarities is read. */
export const EVE_READING = {
  kind: "suricata_eve",
  zone: "UTC",
  clockOffsetSeconds: 0,
  host: "",
  mapping: null,
} as const;

/** Sends a batch and gives its id as soon as it is acknowledged; anything but 202 fails the test. */
export async function send(
  client: Browserless,
  source: SourceId,
  body: Uint8Array | string | ReadableStream,
  headers: Record<string, string> = {},
): Promise<Batch["id"]> {
  const answer = await client.send("PUT", `/v1/intake/${source}?name=events`, { body, headers });
  if (answer.status !== 202) throw new Error(`Not taken in: ${answer.status} ${JSON.stringify(answer.body)}`);
  return (answer.body as { batch: Batch["id"] }).batch;
}

/** The batch once nothing of it is left to do. */
export async function workedOff(client: Browserless, batch: Batch["id"]): Promise<Batch> {
  for (;;) {
    const view = await client.ask("batch.show", { batch });
    if (view.status !== "waiting") return view;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A line of EVE with an alert; what it is about can be said. */
export function eveLine(about: {
  readonly at?: string;
  readonly flow?: number;
  readonly rule?: number;
  readonly from?: string;
  readonly to?: string;
}): string {
  const { at = "2026-11-22T10:00:00.000000+0000", flow = 1, rule = 2034125 } = about;
  return JSON.stringify({
    timestamp: at,
    flow_id: flow,
    event_type: "alert",
    src_ip: about.from ?? "203.0.113.9",
    src_port: 40_000,
    dest_ip: about.to ?? "192.0.2.33",
    dest_port: 80,
    proto: "TCP",
    alert: { gid: 1, signature_id: rule, rev: 1, signature: `Rule ${rule}`, severity: 1 },
  });
}
