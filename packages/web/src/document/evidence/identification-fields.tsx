import { ChoiceField } from "../../ui/choice-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { KINDS } from "./item-words.ts";
import type { TakeDraft } from "./take-draft.ts";

/** Every field that identifies an item. Source: NIST SP 800-61r2 §3.3.2. */
export function IdentificationFields({
  value,
  onChange,
  complaints,
}: {
  readonly value: TakeDraft;
  readonly onChange: (value: TakeDraft) => void;
  readonly complaints: Readonly<Record<string, string>>;
}) {
  const field = (name: Exclude<keyof TakeDraft, "as" | "kind">, label: string, more: object = {}) => (
    <TextField
      label={label}
      value={value[name]}
      error={complaints[name]}
      onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <>
      {field("what", "What is it?", { placeholder: "Such as: access log of www3, 21 to 22 November" })}
      <ChoiceField
        label="Kind"
        choices={KINDS}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind })}
      />
      <div className="fields pair">
        {field("foundAt", "Where was it found?", { placeholder: "Such as: data centre 1, rack 4, unit 12" })}
        {field("place", "Where is it kept from now on?", { placeholder: "Such as: evidence room, safe 2" })}
        {field("serialNumber", "Serial number", { mono: true })}
        {field("model", "Model")}
        {field("hostname", "Host name", { mono: true })}
        {field("ipAddresses", "IP addresses", { mono: true, description: "Several parted by spaces" })}
        {field("macAddresses", "MAC addresses", { mono: true, description: "Several parted by spaces" })}
      </div>
      <TextArea
        label="What did collecting change?"
        description="Such as: host was switched off; file times of read files"
        value={value.changedByCollecting}
        onChange={(event) => onChange({ ...value, changedByCollecting: event.currentTarget.value })}
      />
      <TextArea
        label="Remarks"
        value={value.remarks}
        onChange={(event) => onChange({ ...value, remarks: event.currentTarget.value })}
      />
    </>
  );
}
