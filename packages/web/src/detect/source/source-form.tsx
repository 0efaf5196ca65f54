import { FIELD_NAMES } from "@jumpkit/core";
import { useState } from "react";
import type { OperationInput } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { ZoneField } from "../../prepare/account/zone-field.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { Source } from "./source-queries.ts";
import { KIND_WORDS, type Mapping, mappingFrom, mappingText, TIME_WORDS } from "./source-words.ts";

type Said = OperationInput<"source.add">;

/** How a source is called and read; the mapping only where the source's kind needs one. */
export function SourceForm({
  verb,
  source,
  pending,
  fault,
  onSubmit,
}: {
  readonly verb: string;
  readonly source?: Source;
  readonly pending: boolean;
  readonly fault: unknown;
  readonly onSubmit: (said: Said) => void;
}) {
  const { person } = useNowAnswer();
  const reading = source?.reading;
  const [fields, setFields] = useState({
    name: source?.name ?? "",
    kind: reading?.kind ?? ("suricata_eve" as Said["reading"]["kind"]),
    zone: reading?.zone ?? person.zone,
    offset: String(reading?.clockOffsetSeconds ?? 0),
    host: reading?.host ?? "",
    hours: source?.expectedEveryHours == null ? "" : String(source.expectedEveryHours),
    timeFrom: reading?.mapping?.time.from ?? "",
    timeFormat: reading?.mapping?.time.format ?? ("iso" as Mapping["time"]["format"]),
    sign: reading?.mapping?.kind ?? ("indicator" as Mapping["kind"]),
    entity: reading?.mapping?.entity ?? ("host.name" as Mapping["entity"]),
    mapped: mappingText(reading?.mapping ?? null),
    key: reading?.mapping?.key.join(", ") ?? "",
  });
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const needsMapping = fields.kind === "json" || fields.kind === "csv";
  const complaints = fault ? asRefusal(fault).complaints : {};
  const complaint = (path: string) => Object.entries(complaints).find(([each]) => each.startsWith(path))?.[1];
  const said = (): Said => ({
    name: fields.name,
    expectedEveryHours: fields.hours.trim() === "" ? null : Number(fields.hours),
    reading: {
      kind: fields.kind,
      zone: fields.zone,
      clockOffsetSeconds: Number(fields.offset),
      host: fields.host,
      mapping: needsMapping
        ? {
            time: { from: fields.timeFrom, format: fields.timeFormat },
            kind: fields.sign,
            entity: fields.entity,
            fields: mappingFrom(fields.mapped),
            key: fields.key.split(",").flatMap((each) => each.trim() || []),
          }
        : null,
    },
  });
  return (
    <Form
      verb={verb}
      ready={fields.name.trim() !== ""}
      pending={pending}
      fault={fault}
      onSubmit={() => onSubmit(said())}
    >
      <TextField
        label="Name"
        value={fields.name}
        error={complaints["name"]}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {source ? null : (
        <SelectField
          label="Kind"
          data={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }))}
          value={fields.kind}
          allowDeselect={false}
          onChange={(kind) => kind && set({ kind: kind as typeof fields.kind })}
        />
      )}
      <TextField
        label="Host"
        description="The host of ours it watches, where its events do not say"
        value={fields.host}
        onChange={(event) => set({ host: event.currentTarget.value })}
      />
      <ZoneField value={fields.zone} wrong={complaint("reading.zone")} onChange={(zone) => set({ zone })} />
      <TextField
        label="Its clock is ahead by seconds"
        inputMode="numeric"
        value={fields.offset}
        error={complaint("reading.clockOffsetSeconds")}
        onChange={(event) => set({ offset: event.currentTarget.value })}
      />
      <TextField
        label="Expected every so many hours"
        description="Longer silence is a finding; empty when it may be silent"
        inputMode="numeric"
        value={fields.hours}
        error={complaint("expectedEveryHours")}
        onChange={(event) => set({ hours: event.currentTarget.value })}
      />
      {needsMapping ? (
        <>
          <TextField
            label="Field that tells the time"
            mono
            value={fields.timeFrom}
            error={complaint("reading.mapping.time")}
            onChange={(event) => set({ timeFrom: event.currentTarget.value })}
          />
          <SelectField
            label="How the time is written"
            data={Object.entries(TIME_WORDS).map(([value, label]) => ({ value, label }))}
            value={fields.timeFormat}
            allowDeselect={false}
            onChange={(format) => format && set({ timeFormat: format as typeof fields.timeFormat })}
          />
          <TextArea
            label="Fields"
            description="One a line: their name = our name, and for an address its role, as in client = source.ip (offender)"
            value={fields.mapped}
            error={complaint("reading.mapping.fields") ?? complaint("reading.mapping")}
            onChange={(event) => set({ mapped: event.currentTarget.value })}
          />
          <SelectField
            label="What the event is about"
            data={[...FIELD_NAMES]}
            value={fields.entity}
            allowDeselect={false}
            onChange={(entity) => entity && set({ entity: entity as typeof fields.entity })}
          />
          <TextField
            label="Fields that tell events apart"
            description="With commas; empty when only the same bytes are the same event"
            mono
            value={fields.key}
            error={complaint("reading.mapping.key")}
            onChange={(event) => set({ key: event.currentTarget.value })}
          />
          <ChoiceField
            label="Its events are"
            value={fields.sign}
            choices={[
              { value: "indicator", label: "Indicators", why: "an incident may be happening" },
              { value: "precursor", label: "Precursors", why: "one may come" },
            ]}
            onChange={(sign) => set({ sign })}
          />
        </>
      ) : null}
    </Form>
  );
}
