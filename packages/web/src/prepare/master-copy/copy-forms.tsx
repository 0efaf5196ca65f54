import { type Instant, sizeText } from "@jumpkit/core";
import { useState } from "react";
import type { OperationReply } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { saveText, startDownload } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
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

/** Asks for the copy; its place, and the file where it is kept, come when the asking is on record. */
export function FetchForm({ copy, onDone }: FormOf) {
  const [purpose, setPurpose] = useState("");
  const fetched = useChange("mastercopy.fetch", "copy");
  if (fetched.data !== undefined) return <Fetched told={fetched.data} onDone={onDone} />;
  return (
    <Form
      verb={copy.file === null ? "Say where it is" : "Fetch it"}
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

function Fetched({
  told: { place, file },
  onDone,
}: {
  readonly told: OperationReply<"mastercopy.fetch">;
  readonly onDone: () => void;
}) {
  if (file === null) {
    return <p role="status">The file itself is not kept here. It is at its place: {place}</p>;
  }
  const { fileName, sizeBytes, download, envelope } = file;
  return (
    <div role="status" className="panel-section">
      <p>It is yours for ten minutes. Another copy lies here: {place}</p>
      <Verbs>
        <Button weight="primary" onClick={() => startDownload(download)}>
          Save {fileName}, {sizeText(sizeBytes)}
        </Button>
        <Button onClick={() => saveText(`${fileName}.dsse.json`, "application/json", envelope)}>
          Save its signatures
        </Button>
        <Button weight="plain" onClick={onDone}>
          Done
        </Button>
      </Verbs>
    </div>
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
