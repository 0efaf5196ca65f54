import * as z from "zod";
import { line } from "../../kernel/text.ts";
import { Zone } from "../../kernel/time.ts";
import { FIELD_NAMES } from "../sign/event.ts";
import { AddressRole, SignKind } from "../sign/sign.ts";

/** What a source sends: each kind has its codec. */
export const SOURCE_KINDS = ["suricata_eve", "web_access", "json", "csv"] as const;
export const SourceKind = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof SourceKind>;

/** How a time is written: with or without an offset, as a web server does, or counted since 1970. */
export const TimeFormat = z.enum(["iso", "web_server", "unix_seconds", "unix_milliseconds"]);
export type TimeFormat = z.infer<typeof TimeFormat>;

/** Fields that hold an address, and so may be given a role. */
const ADDRESS_FIELDS: ReadonlySet<string> = new Set([
  "source.ip",
  "source.address",
  "source.domain",
  "destination.ip",
  "destination.address",
  "destination.domain",
  "host.ip",
  "host.name",
  "host.hostname",
]);

const MappedField = z
  .strictObject({
    /** Column name, or path into the object with dots; a name that has dots itself is found as well. */
    from: line(200),
    to: z.enum(FIELD_NAMES),
    /** What the address did, where it is one. */
    role: AddressRole.optional(),
  })
  .refine((field) => field.role === undefined || ADDRESS_FIELDS.has(field.to), {
    error: "only an address has a role",
  });

/**
 * How the events of a JSON or CSV source are read: which of its fields is which of ours.
 *
 * What is not mapped is kept under its own name. `key` names the source's fields that make an event the same
 * event when it arrives again; without any, only the same bytes are.
 */
export const Mapping = z
  .strictObject({
    time: z.strictObject({ from: line(200), format: TimeFormat }),
    kind: SignKind,
    /** The field of ours that says what the event is about. */
    entity: z.enum(FIELD_NAMES),
    fields: z.array(MappedField).min(1).max(100),
    key: z.array(line(200)).max(10).default([]),
  })
  .refine(({ fields }) => fields.some(({ to }) => to === "rule.id" || to === "rule.name"), {
    error: "needs a field that says which rule the event is of: rule.id or rule.name",
  })
  .refine(({ fields }) => new Set(fields.map(({ to }) => to)).size === fields.length, {
    error: "maps two fields to one",
  });
export type Mapping = z.infer<typeof Mapping>;

/** What of a source decides how its bytes are read. */
export const SourceReading = z.strictObject({
  kind: SourceKind,
  /** Assumed for times that name no zone. */
  zone: Zone,
  /** By how many seconds its clock is ahead of ours; negative when it is behind. */
  clockOffsetSeconds: z.int().min(-86_400).max(86_400),
  /** The host of ours that it watches, for sources that do not say it in each event; may be empty. */
  host: z.string().max(200),
  mapping: Mapping.nullable(),
});
export type SourceReading = z.infer<typeof SourceReading>;
