import {
  type Advisory,
  AdvisoryDraft,
  AdvisoryGroup,
  AdvisoryId,
  AdvisoryKind,
  AdvisoryMarking,
  AdvisorySeverity,
  ContactId,
  DeliveryOutcome,
  isAboutTheSame,
  isUntold,
  stateOfAdvisory,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";
import { REFUSALS } from "../refusals.ts";
import { advisingOf } from "./advising.ts";

const AdvisoryRow = z
  .object({
    id: AdvisoryId,
    ref: z.string(),
    title: z.string(),
    severity: AdvisorySeverity,
    marking: AdvisoryMarking,
    state: z.enum(["draft", "approved", "sent", "withdrawn", "dropped"]),
    version: z.int().describe("the latest version, sent or not"),
    kind: AdvisoryKind,
    by: z.string(),
    at: z.string(),
    sentTo: z.int().describe("how many were sent the latest version that was sent"),
    failed: z.int().describe("of how many it is not known that it left, or that they were told otherwise"),
  })
  .meta({ id: "AdvisoryRow" });

const asked = { phase: "coordinate", action: "contact.read" } as const;

export const listAdvisories = query({
  name: "advisory.list",
  ...asked,
  summary: "Advisories to the constituency, the one that changed last first",
  path: "/v1/advisory",
  input: z.strictObject({}),
  output: z.object({ items: z.array(AdvisoryRow) }),
  run: async (_input, reading) => ({ items: (await reading.advisories.all()).map(rowOf) }),
});

const Version = z.object({
  version: z.int(),
  kind: AdvisoryKind,
  title: z.string(),
  at: z.string(),
  by: z.string(),
  approvedBy: z.string(),
  marking: AdvisoryMarking,
  sha256: z.string(),
  message: z.string(),
  advised: z.array(
    z.object({
      contact: ContactId,
      name: z.string(),
      address: z.string(),
      messageId: z.string(),
      sha256: z.string(),
      outcome: DeliveryOutcome.nullable(),
      detail: z.string(),
      tries: z.int().describe("how often it was tried, the first time among them"),
      told: z.string().describe("how they were told in another way; empty where nothing is written down"),
    }),
  ),
});

export const showAdvisory = query({
  name: "advisory.show",
  ...asked,
  summary: "An advisory with what is drafted, every version that was sent, and what became of each mail",
  path: "/v1/advisory/{advisory}",
  input: z.strictObject({ advisory: AdvisoryId }),
  output: z.object({
    ...AdvisoryRow.shape,
    dropped: z.string(),
    draft: z.object(AdvisoryDraft.shape),
    approved: z.object({ by: z.string(), at: z.string() }).nullable(),
    mine: z.boolean().describe("whether you wrote what is drafted, and so cannot approve it"),
    sent: z.array(Version),
    similar: z
      .array(z.object({ id: AdvisoryId, ref: z.string(), title: z.string(), state: z.string() }))
      .describe("other advisories about the same: a weakness in both, or the same title"),
  }),
  run: async ({ advisory: id }, reading, viewer) => {
    const found = await reading.advisories.advisory(id);
    if (found === undefined) return undefined;
    const others = (await reading.advisories.all()).filter(
      (each) => each.id !== id && each.dropped === "" && isAboutTheSame(each.draft, found.draft),
    );
    const { dropped, draft, next, sent } = found;
    return {
      ...{ ...rowOf(found), dropped, draft, mine: next?.byId === viewer.id },
      approved: next?.approved ? { by: next.approved.by, at: next.approved.at } : null,
      sent: sent.map(({ advised, ...each }) => ({
        ...each,
        advised: advised.map(({ tried, told = "", ...mail }) => ({ ...mail, tries: tried.length + 1, told })),
      })),
      similar: others.slice(0, 20).map((each) => {
        return { id: each.id, ref: each.ref, title: each.draft.title, state: stateOfAdvisory(each) };
      }),
    };
  },
});

export const previewAdvisory = query({
  name: "advisory.preview",
  ...asked,
  summary: "Exactly what an advisory would say, who would get it, and who would not and why",
  path: "/v1/advisory/{advisory}/preview",
  input: z.strictObject({ advisory: AdvisoryId }),
  output: z.object({
    text: z.string(),
    mail: z.string().describe("the bytes of the first mail"),
    saying: z.string().describe("digest of the words: what approving them has to name"),
    sha256: z.string().describe("digest over every mail: what sending them has to name"),
    to: z.array(
      z.object({ contact: ContactId, name: z.string(), organisation: z.string(), key: z.boolean() }),
    ),
    not: z.array(
      z.object({
        contact: ContactId,
        name: z.string(),
        because: z.enum(["no_address", "not_cleared", "too_many", "intruder", "compromised"]),
      }),
    ),
    hinders: z.object({ code: z.string(), message: z.string(), next: z.string() }).nullable(),
  }),
  run: async ({ advisory: id }, reading) => {
    const found = await reading.advisories.advisory(id);
    if (found === undefined) return undefined;
    const advising = await advisingOf(reading.advisories, found, reading.advisories.sha256);
    if (!advising.ok) return { ...NOTHING, hinders: told(advising.refusal.code) };
    const { text, mails, saying, sha256, audience, same } = advising.value;
    return {
      ...{ text, mail: mails[0]?.message ?? "", saying, sha256 },
      to: audience.to.map(({ id: contact, name, organisation, pgpKey }) => {
        return { contact, name, organisation, key: pgpKey.trim() !== "" };
      }),
      not: audience.not.map(({ contact, because }) => ({ contact: contact.id, name: contact.name, because })),
      hinders: whyNot(same !== undefined, mails.length),
    };
  },
});

const NOTHING = { text: "", mail: "", saying: "", sha256: "", to: [], not: [] };

function whyNot(same: boolean, count: number) {
  if (same) return told("advisory.sent_already");
  return count === 0 ? told("advisory.nobody") : null;
}

function told(code: keyof typeof REFUSALS) {
  return { code, message: REFUSALS[code].message, next: REFUSALS[code].next };
}

export const listGroups = query({
  name: "advisory.groups",
  ...asked,
  summary: "The groups of the constituency that the directory knows, with how many can be written to",
  path: "/v1/advisory-group",
  input: z.strictObject({}),
  output: z.object({ items: z.array(z.object({ ...AdvisoryGroup.shape, count: z.int() })) }),
  run: async (_input, reading) => {
    const counts = new Map<string, number>();
    for (const { roles, organisation, email } of await reading.advisories.directory()) {
      if (email === "" || roles.includes("media")) continue;
      for (const role of roles) {
        const parts = role === "constituent" && organisation !== "" ? ["", organisation] : [""];
        for (const each of parts) counts.set(`${role}\n${each}`, (counts.get(`${role}\n${each}`) ?? 0) + 1);
      }
    }
    const items = [...counts].sort().flatMap(([key, count]) => {
      const [role, organisation = ""] = key.split("\n");
      const group = AdvisoryGroup.safeParse({ role, organisation });
      return group.success ? [{ ...group.data, count }] : [];
    });
    return { items };
  },
});

function rowOf(advisory: Advisory) {
  const { id, ref, draft, next, sent } = advisory;
  const last = sent.at(-1);
  const { title, severity, marking } = draft;
  return {
    ...{ id, ref, title, severity, marking, state: stateOfAdvisory(advisory) },
    version: next?.version ?? last?.version ?? 1,
    kind: next?.kind ?? last?.kind ?? ("new" as const),
    by: next?.by ?? last?.by ?? "(withheld)",
    at: next?.writtenAt ?? last?.at ?? "",
    sentTo: last?.advised.length ?? 0,
    failed: last?.advised.filter(isUntold).length ?? 0,
  };
}

export const ADVISORY_QUERIES = [listAdvisories, showAdvisory, previewAdvisory, listGroups] as const;
