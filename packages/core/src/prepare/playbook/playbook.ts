import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { PlaybookId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { AttackVector } from "../../kernel/vector.ts";
import { AssetKind } from "../register/asset.ts";
import { GateId } from "./gate.ts";

/** The parts of the response that a step belongs to, in their order. */
export const STEP_PHASES = ["detect", "contain", "eradicate", "recover", "learn"] as const;
export const StepPhase = z.enum(STEP_PHASES);
export type StepPhase = z.infer<typeof StepPhase>;

/** One thing to do: once in an incident, or once for each of its hosts. */
export const PlaybookStep = z.strictObject({
  id: z
    .string()
    .max(40)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "is small letters, digits and hyphens" }),
  phase: StepPhase,
  text: line(500),
  per: z.enum(["incident", "host"]).default("incident"),
  gate: GateId.nullable()
    .default(null)
    .describe("the reconnect gate that this step proves, where there is one"),
});
export type PlaybookStep = z.infer<typeof PlaybookStep>;

/** How many steps one playbook may have. */
export const STEPS_MAX = 80;

/** What a playbook says. */
export const PlaybookContent = z.strictObject({
  title: line(120),
  summary: prose(1000).default(""),
  vectors: z
    .array(AttackVector)
    .max(9)
    .default([])
    .describe("the vectors that it is suggested for; all when empty"),
  assetKinds: z.array(AssetKind).max(4).default([]).describe("the kinds of asset that it is meant for"),
  steps: z.array(PlaybookStep).min(1).max(STEPS_MAX),
});
export type PlaybookContent = z.infer<typeof PlaybookContent>;

export const PLAYBOOK_ENTRIES = {
  "playbook.drafted": z.object({ playbook: PlaybookId, ...PlaybookContent.shape }),
  "playbook.published": z.object({
    playbook: PlaybookId,
    version: z.int(),
    /** The key of the shipped playbook that it is, or was made from. */
    shipped: z.string().nullable(),
    ...PlaybookContent.shape,
  }),
  "playbook.retired": z.object({ playbook: PlaybookId, title: z.string(), reason: z.string() }),
};
type PlaybookFact = Fact<typeof PLAYBOOK_ENTRIES>;

/** A playbook as the log says it is: its version in force, and the draft of the next one. */
export interface Playbook {
  readonly id: PlaybookId;
  readonly status: "draft" | "in_force" | "retired";
  /** The version in force; 0 while there is none. */
  readonly version: number;
  readonly shipped: string | null;
  readonly inForce: PlaybookContent | null;
  readonly draft: PlaybookContent | null;
  readonly publishedAt: string | null;
  readonly publishedBy: string;
  readonly changedSeq: number;
}

export type PlaybookRefusal =
  | { readonly code: "playbook.stale"; readonly current: number }
  | { readonly code: "playbook.step_twice"; readonly step: string }
  | { readonly code: "playbook.no_draft" }
  | { readonly code: "playbook.retired" }
  | { readonly code: "playbook.already_adopted"; readonly playbook: PlaybookId };

type Decided = Result<PlaybookFact, PlaybookRefusal>;

/** The playbook after one more entry about it. */
export function projectPlaybook(
  before: Playbook | undefined,
  entry: Entry<typeof PLAYBOOK_ENTRIES>,
): Playbook | undefined {
  const id = entry.body.playbook;
  if (id === undefined) return before;
  const base: Playbook = before ?? {
    id,
    status: "draft",
    version: 0,
    shipped: null,
    inForce: null,
    draft: null,
    publishedAt: null,
    publishedBy: "",
    changedSeq: 0,
  };
  const after = { ...base, changedSeq: entry.seq };
  if (entry.type === "playbook.retired") return { ...after, status: "retired", draft: null };
  const content = contentOf(entry.body);
  if (entry.type === "playbook.drafted") return { ...after, draft: content };
  return {
    ...after,
    status: "in_force",
    version: entry.body.version ?? base.version + 1,
    shipped: entry.body.shipped ?? null,
    inForce: content,
    draft: null,
    publishedAt: entry.recordedAt,
    publishedBy: entry.actor?.name ?? "(withheld)",
  };
}

/** The entry that keeps a draft, of a new playbook or of the next version; it changes nothing in force. */
export function draftPlaybook(
  id: PlaybookId,
  before: Playbook | undefined,
  happened: Stamp,
  seen: number,
  content: PlaybookContent,
): Decided {
  const wrong = whyNotChange(before, seen) ?? stepTwice(content);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "playbook.drafted", incident: null, happened, body: { playbook: id, ...content } });
}

/** The entry that puts a draft in force; the version before is superseded, and checklists made from it stay. */
export function publishPlaybook(before: Playbook, happened: Stamp, seen: number): Decided {
  const wrong = whyNotChange(before, seen);
  if (wrong !== undefined) return refuse(wrong);
  const { id, version, shipped, draft } = before;
  if (draft === null) return refuse({ code: "playbook.no_draft" });
  const body = { playbook: id, version: version + 1, shipped, ...draft };
  return accept({ type: "playbook.published", incident: null, happened, body });
}

/** The entry that puts a shipped playbook in force as it stands; `playbook.already_adopted` the second time. */
export function adoptPlaybook(
  id: PlaybookId,
  happened: Stamp,
  shipped: { readonly key: string; readonly content: PlaybookContent },
  adopted: Playbook | undefined,
): Decided {
  if (adopted !== undefined && adopted.status !== "retired") {
    return refuse({ code: "playbook.already_adopted", playbook: adopted.id });
  }
  const body = { playbook: id, version: 1, shipped: shipped.key, ...shipped.content };
  return accept({ type: "playbook.published", incident: null, happened, body });
}

/** The entry that takes a playbook out of the library; what was started from it goes on. */
export function retirePlaybook(before: Playbook, happened: Stamp, seen: number, reason: string): Decided {
  const wrong = whyNotChange(before, seen);
  if (wrong !== undefined) return refuse(wrong);
  const title = (before.inForce ?? before.draft)?.title ?? "";
  return accept({
    type: "playbook.retired",
    incident: null,
    happened,
    body: { playbook: before.id, title, reason },
  });
}

/**
 * Whether a playbook is suggested for an incident that got in this way and has these kinds of asset in its scope.
 *
 * One without vectors suits all of them, one without kinds too. While nobody knows what is in scope, kinds leave
 * none out.
 */
export function suits(
  content: Pick<PlaybookContent, "vectors" | "assetKinds">,
  vector: AttackVector,
  inScope: readonly AssetKind[],
): boolean {
  const { vectors, assetKinds } = content;
  const byVector = vectors.length === 0 || vectors.includes(vector);
  const byKind = assetKinds.length === 0 || inScope.length === 0;
  return byVector && (byKind || assetKinds.some((kind) => inScope.includes(kind)));
}

function whyNotChange(before: Playbook | undefined, seen: number): PlaybookRefusal | undefined {
  if (before?.status === "retired") return { code: "playbook.retired" };
  const current = before?.changedSeq ?? 0;
  return current === seen ? undefined : { code: "playbook.stale", current };
}

function stepTwice({ steps }: PlaybookContent): PlaybookRefusal | undefined {
  const ids = steps.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  return twice === undefined ? undefined : { code: "playbook.step_twice", step: twice };
}

function contentOf(body: { readonly [Key in keyof PlaybookContent]?: PlaybookContent[Key] | undefined }) {
  return {
    title: body.title ?? "(withheld)",
    summary: body.summary ?? "",
    vectors: body.vectors ?? [],
    assetKinds: body.assetKinds ?? [],
    steps: body.steps ?? [],
  };
}
