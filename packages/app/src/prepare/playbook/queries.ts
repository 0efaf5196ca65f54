import {
  AssetKind,
  AttackVector,
  type Playbook,
  type PlaybookContent,
  PlaybookId,
  PlaybookStep,
  SHIPPED_PLAYBOOKS,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../../query.ts";

const ContentView = z.object({
  title: z.string(),
  summary: z.string(),
  vectors: z.array(AttackVector),
  assetKinds: z.array(AssetKind),
  steps: z.array(z.object(PlaybookStep.shape)),
});

const PlaybookView = z
  .object({
    id: PlaybookId,
    status: z.enum(["draft", "in_force", "retired"]),
    version: z.int().describe("the version in force; 0 while there is none"),
    shipped: z.string().nullable(),
    inForce: ContentView.nullable(),
    draft: ContentView.nullable(),
    publishedAt: z.string().nullable(),
    publishedBy: z.string(),
    changedSeq: z.int().describe("what a change must have seen"),
  })
  .meta({ id: "Playbook" });

export const listPlaybooks = query({
  name: "playbook.list",
  phase: "prepare",
  summary: "The library of playbooks, and those that ship and are not adopted",
  action: "own",
  path: "/v1/playbook",
  input: z.strictObject({}),
  output: z.object({
    items: z.array(PlaybookView),
    shipped: z.array(z.object({ key: z.string(), source: z.string(), content: ContentView })),
  }),
  run: async (_input, reading) => {
    const items = await reading.playbooks.all();
    const adopted = new Set(items.flatMap(({ shipped, status }) => (status === "retired" ? [] : shipped)));
    return {
      items: items.map(viewOf),
      shipped: SHIPPED_PLAYBOOKS.filter(({ key }) => !adopted.has(key)).map(({ key, source, content }) => ({
        key,
        source,
        content: plain(content),
      })),
    };
  },
});

function viewOf(playbook: Playbook) {
  return {
    ...playbook,
    inForce: playbook.inForce && plain(playbook.inForce),
    draft: playbook.draft && plain(playbook.draft),
  };
}

function plain(content: PlaybookContent) {
  return {
    ...content,
    vectors: [...content.vectors],
    assetKinds: [...content.assetKinds],
    steps: [...content.steps],
  };
}
