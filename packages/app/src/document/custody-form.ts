import {
  CUSTODY_EVENTS,
  EvidenceId,
  type EvidenceItem,
  instantOf,
  isPlayed,
  sizeText,
  Tlp,
  withOffset,
} from "@jumpkit/core";
import type { Paper } from "@jumpkit/exchange";
import * as z from "zod";
import { PLAYED_BAND, type Press, type PrintedFile } from "../press.ts";
import { query } from "../query.ts";
import { ItemView, plain } from "./evidence-queries.ts";

/** The custody form of one item: everything that it says on paper. */
export const CustodyFormView = z
  .object({
    organisation: z.string(),
    code: z.string(),
    title: z.string(),
    tlp: Tlp,
    played: z.boolean().describe("whether its incident is played in an exercise"),
    item: ItemView,
    madeBy: z.string(),
  })
  .meta({ id: "CustodyForm" });
export type CustodyFormView = z.output<typeof CustodyFormView>;

export const showCustodyForm = query({
  name: "evidence.custody_form",
  phase: "document",
  summary: "The custody form of one item, as it is put on paper",
  action: "incident.read",
  path: "/v1/evidence/{item}/custody",
  input: z.strictObject({ item: EvidenceId }),
  output: CustodyFormView,
  run: async (input, reading, { name, title: office }) => {
    const item = await reading.item(input.item);
    if (item === undefined) return undefined;
    const incident = await reading.incident(item.incident);
    if (incident === undefined) return undefined;
    const { code, title, tlp } = incident;
    const organisation = (await reading.organisation())?.name ?? "";
    const madeBy = office === "" ? name : `${name}, ${office}`;
    const played = isPlayed(incident);
    return { organisation, code, title, tlp, played, item: plain(item), madeBy };
  },
});

/**
 * The form as a PDF file, with room for the next hand-over on paper. The same answer gives the same bytes.
 *
 * @source NIST SP 800-61r2 §3.3.2: what identifies an item, who handled it, when with the zone, and where it is kept
 */
export async function custodyFile(form: CustodyFormView, press: Press): Promise<PrintedFile> {
  const { code, item } = form;
  return { fileName: `${code}-item-${item.number}-custody.pdf`, bytes: await press.print(paperOf(form)) };
}

function paperOf({ organisation, code, title, tlp, played, item, madeBy }: CustodyFormView): Paper {
  const { number, identification: about, content, chain } = item;
  const last =
    chain
      .map(({ recordedAt }) => recordedAt)
      .toSorted()
      .at(-1) ?? "1970-01-01T00:00:00.000Z";
  return {
    ...(played && { band: PLAYED_BAND }),
    title: `${played ? "EXERCISE: chain" : "Chain"} of custody, ${code} item ${number}: ${about.what}`,
    issuer: organisation,
    marking: tlp,
    at: last,
    foot: `Item ${item.id}, ${chain.length} links of custody until ${momentText(last)}\nMade by ${madeBy}`,
    blocks: [
      { kind: "paragraph", text: `${code} · ${title}` },
      { kind: "heading", level: 1, text: "The item" },
      {
        kind: "facts",
        rows: [
          ["Kind", about.kind.replaceAll("_", " ")],
          ["State", item.state.replaceAll("_", " ")],
          ["Found at", about.foundAt],
          ["Kept at", item.place],
          ["In the hands of", holderText(item.custodian)],
          ["Serial number", about.serialNumber],
          ["Model", about.model],
          ["Host name", about.hostname],
          ["Seal", item.seal],
          ["MAC addresses", about.macAddresses.join(" ")],
          ["IP addresses", about.ipAddresses.join(" ")],
          [
            "File",
            content === null
              ? ""
              : `${content.name}, ${sizeText(content.sizeBytes)} (${content.sizeBytes} bytes)`,
          ],
          ["SHA-256", content?.sha256 ?? ""],
          ["Collecting changed", about.changedByCollecting],
          ["Remarks", about.remarks],
        ],
      },
      { kind: "heading", level: 1, text: "Chain of custody" },
      {
        kind: "table",
        columns: [
          { title: "Entry", share: 1, right: true },
          { title: "When, with zone", share: 4 },
          { title: "What", share: 3 },
          { title: "From", share: 4 },
          { title: "By or to", share: 4 },
          { title: "Where, what for, remarks", share: 5 },
        ],
        rows: chain.map((link) => linkRow(link)),
      },
      { kind: "heading", level: 1, text: "The next hand-over, on paper" },
      {
        kind: "signatures",
        lines: [
          "Given by: name, title, phone, date and time with zone, signature",
          "Received by: name, title, phone, date and time with zone, signature",
          "Place, purpose, condition of the seal",
        ],
      },
    ],
  };
}

type Link = CustodyFormView["item"]["chain"][number];

function linkRow(link: Link): string[] {
  const offered = link.event === "handover.offered";
  const from = offered ? link.by : link.from;
  const condition = link.condition === null ? "" : `seal ${link.condition.replaceAll("_", " ")}`;
  const instant = instantOf(link);
  const { zone } = link;
  const local =
    zone && zone !== "UTC"
      ? `${withOffset(instant, zone).slice(0, 16).replace("T", " ")} ${zone}`
      : "said in UTC";
  return [
    String(link.incidentSeq),
    `${momentText(instant)}\n${local}`,
    [CUSTODY_EVENTS[link.event] ?? link.event, condition].filter(Boolean).join("; "),
    from === null ? "–" : holderText(from),
    holderText(link.to ?? link.by),
    [link.place, link.purpose, link.remarks].filter(Boolean).join("; "),
  ];
}

function holderText({ name, title, phone }: EvidenceItem["custodian"]): string {
  return [name, title, phone].filter(Boolean).join(", ");
}

function momentText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
}
