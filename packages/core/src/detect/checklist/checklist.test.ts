import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import {
  adoptPlaybook,
  draftPlaybook,
  type Playbook,
  PlaybookContent,
  projectPlaybook,
  publishPlaybook,
  retirePlaybook,
  suits,
} from "../../prepare/playbook/playbook.ts";
import { SHIPPED_PLAYBOOKS } from "../../prepare/playbook/shipped.ts";
import type { Incident } from "../incident/incident.ts";
import { type Checklist, markStep, projectChecklist, startChecklist } from "./checklist.ts";

const NONE = new Uint8Array(10);
const INCIDENT = { id: idFrom("inc", 1, NONE), status: "declared" } as Incident;
const ID = idFrom("chk", 1, NONE);
const BOOK = idFrom("pbk", 1, NONE);
const HOST = { id: idFrom("rec", 1, NONE), name: "www3" };
const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const [FIRST] = SHIPPED_PLAYBOOKS;

type Outcome<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string } };
const entry = (fact: object, seq: number) =>
  ({ ...fact, seq, incidentSeq: seq, recordedAt: "", happenedAt: "", actor: { name: "Ana" } }) as never;
function after<State>(
  project: (before: State | undefined, entry: never) => State | undefined,
  before: State | undefined,
  outcome: Outcome<object>,
  seq = 1,
): State {
  const state = outcome.ok ? project(before, entry(outcome.value, seq)) : undefined;
  if (state === undefined) throw new Error(outcome.ok ? "Nothing was projected" : outcome.refusal.code);
  return state;
}

function adopted(): Playbook {
  if (FIRST === undefined) throw new Error("No playbook ships");
  return after(projectPlaybook, undefined, adoptPlaybook(BOOK, STAMP, FIRST, undefined));
}
function started(): Checklist {
  return after(projectChecklist, undefined, startChecklist(INCIDENT, ID, STAMP, adopted(), []));
}

describe("the library of playbooks", () => {
  it("suggests by vector and by the kinds of asset in scope, and leaves none out while nobody knows them", () => {
    const all = { vectors: [], assetKinds: [] };
    const accounts = { vectors: ["web" as const], assetKinds: ["account" as const] };

    expect(suits(all, "web", ["host"])).toBe(true);
    expect(suits(accounts, "email", ["account"])).toBe(false);
    expect(suits(accounts, "web", ["host"])).toBe(false);
    expect(suits(accounts, "web", ["host", "account"])).toBe(true);
    expect(suits(accounts, "web", [])).toBe(true);
  });

  it("ships what can be adopted as it stands, each step under its own name", () => {
    for (const { content } of SHIPPED_PLAYBOOKS) {
      expect(PlaybookContent.safeParse(content).success).toBe(true);
      expect(new Set(content.steps.map(({ id }) => id)).size).toBe(content.steps.length);
    }
    expect(new Set(SHIPPED_PLAYBOOKS.map(({ key }) => key)).size).toBe(SHIPPED_PLAYBOOKS.length);
  });

  it("takes a shipped playbook once, and supersedes a version only by a draft that was seen", () => {
    const book = adopted();
    if (FIRST === undefined) throw new Error("No playbook ships");

    expect(adoptPlaybook(BOOK, STAMP, FIRST, book)).toMatchObject({
      refusal: { code: "playbook.already_adopted" },
    });
    expect(publishPlaybook(book, STAMP, 1)).toMatchObject({ refusal: { code: "playbook.no_draft" } });
    const content = { ...FIRST.content, title: "Ours" };
    expect(draftPlaybook(BOOK, book, STAMP, 9, content)).toMatchObject({
      refusal: { code: "playbook.stale" },
    });
    const twice = { ...content, steps: [...content.steps, ...content.steps.slice(0, 1)] };
    expect(draftPlaybook(BOOK, book, STAMP, 1, twice)).toMatchObject({
      refusal: { code: "playbook.step_twice" },
    });
    const drafted = after(projectPlaybook, book, draftPlaybook(BOOK, book, STAMP, 1, content), 2);
    expect([drafted.status, drafted.inForce?.title]).toEqual(["in_force", FIRST.content.title]);
    const next = after(projectPlaybook, drafted, publishPlaybook(drafted, STAMP, 2), 3);
    expect([next.version, next.inForce?.title, next.draft]).toEqual([2, "Ours", null]);
    const gone = after(projectPlaybook, next, retirePlaybook(next, STAMP, 3, "too old"), 4);
    expect(startChecklist(INCIDENT, ID, STAMP, gone, [])).toMatchObject({
      refusal: { code: "checklist.not_in_force" },
    });
  });
});

describe("a checklist in an incident", () => {
  it("is started once a version, and can be done in any order", () => {
    const list = started();

    expect(startChecklist(INCIDENT, ID, STAMP, adopted(), [list])).toMatchObject({
      refusal: { code: "checklist.already_started" },
    });
    const last = list.steps.at(-1)?.id ?? "";
    const done = after(
      projectChecklist,
      list,
      markStep(INCIDENT, list, STAMP, { step: last, host: null }, { as: "done", note: "held" }),
    );
    expect(done.marks).toMatchObject([{ step: last, state: "done", by: "Ana", words: "held" }]);
    expect(
      markStep(INCIDENT, done, STAMP, { step: last, host: null }, { as: "done", note: "" }),
    ).toMatchObject({
      refusal: { code: "checklist.unchanged" },
    });
    const open = after(
      projectChecklist,
      done,
      markStep(INCIDENT, done, STAMP, { step: last, host: null }, { as: "open", reason: "" }),
    );
    expect(open.marks).toEqual([]);
  });

  it("goes through a step for each host by itself, and says why one was skipped", () => {
    const list = started();
    const step = list.steps.find(({ per }) => per === "host")?.id ?? "";
    const skip = { as: "skipped", reason: "no disk" } as const;

    expect(markStep(INCIDENT, list, STAMP, { step, host: null }, skip)).toMatchObject({
      refusal: { code: "checklist.host_needed" },
    });
    const skipped = after(
      projectChecklist,
      list,
      markStep(INCIDENT, list, STAMP, { step, host: HOST }, skip),
    );
    expect(skipped.marks).toMatchObject([{ step, host: HOST.id, state: "skipped", words: "no disk" }]);
    expect(markStep(INCIDENT, list, STAMP, { step: "none", host: null }, skip)).toMatchObject({
      refusal: { code: "checklist.no_such_step" },
    });
  });
});
