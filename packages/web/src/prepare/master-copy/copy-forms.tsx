import type { Instant } from "@jumpkit/core";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { MasterCopy } from "./master-copy-queries.ts";

type FormOf = { readonly copy: MasterCopy; readonly onDone: () => void };

const DAY_MS = 86_400_000;
const DAYS = [
  { value: "7", label: "A week" },
  { value: "30", label: "30 days" },
  { value: "180", label: "Half a year" },
] as const;

/** Writes down what a review for malicious software found. */
export function ReviewForm({ copy, onDone }: FormOf) {
  const [said, setSaid] = useState({
    result: "clean" as NonNullable<MasterCopy["review"]>["result"],
    engine: "",
    signaturesOf: "",
  });
  const review = useChange("mastercopy.review", "copy", onDone);
  return (
    <Form
      verb="Write the review down"
      ready={said.engine.trim() !== ""}
      pending={review.isPending}
      fault={review.error}
      onCancel={onDone}
      onSubmit={() => review.mutate({ copy: copy.id, ...said })}
    >
      <ChoiceField
        label="It found"
        value={said.result}
        choices={[
          { value: "clean", label: "Nothing" },
          { value: "suspicious", label: "Something" },
          { value: "digests_only", label: "Only digests were compared" },
        ]}
        onChange={(result) => setSaid({ ...said, result })}
      />
      <TextField
        label="Scanner and version"
        value={said.engine}
        onChange={(event) => setSaid({ ...said, engine: event.currentTarget.value })}
      />
      <TextField
        label="Day of its signatures"
        value={said.signaturesOf}
        onChange={(event) => setSaid({ ...said, signaturesOf: event.currentTarget.value })}
      />
    </Form>
  );
}

/** Asks where the copy is; the place is told when the asking is on record. */
export function FetchForm({ copy, onDone }: FormOf) {
  const [purpose, setPurpose] = useState("");
  const fetched = useChange("mastercopy.fetch", "copy");
  if (fetched.data !== undefined) return <p role="status">It is here: {fetched.data.place}</p>;
  return (
    <Form
      verb="Say where it is"
      says="Your asking goes on the record."
      ready={purpose.trim() !== ""}
      pending={fetched.isPending}
      fault={fetched.error}
      onCancel={onDone}
      onSubmit={() => fetched.mutate({ copy: copy.id, purpose })}
    >
      <TextField
        label="What you need it for"
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
    </Form>
  );
}

/** Takes it out of the register. */
export function RetireForm({ copy, onDone }: FormOf) {
  const [reason, setReason] = useState("");
  const retire = useChange("mastercopy.retire", "copy", onDone);
  return (
    <Form
      verb={`Retire version ${copy.version}`}
      says="What was recorded of it stays."
      pending={retire.isPending}
      fault={retire.error}
      onCancel={onDone}
      onSubmit={() => retire.mutate({ copy: copy.id, seen: copy.changedSeq, reason })}
    >
      <TextField
        label="Why it is retired"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}

/** Takes one difference as it is, until a day and with the reason. */
export function AcceptForm({
  copy,
  difference,
  onDone,
}: FormOf & { readonly difference: MasterCopy["open"][number] }) {
  const [reason, setReason] = useState("");
  const [days, setDays] = useState<"7" | "30" | "180">("30");
  const accept = useChange("mastercopy.accept", "copy", onDone);
  return (
    <Form
      verb="Accept it"
      ready={reason.trim() !== ""}
      pending={accept.isPending}
      fault={accept.error}
      onCancel={onDone}
      onSubmit={() =>
        accept.mutate({
          ...{ copy: copy.id, ...difference, reason },
          until: new Date(Date.now() + Number(days) * DAY_MS).toISOString() as Instant,
        })
      }
    >
      <TextField
        label="Why it is as it should be"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ChoiceField label="For" value={days} choices={DAYS} onChange={setDays} />
    </Form>
  );
}
