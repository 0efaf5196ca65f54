import { REVIEW_HOURS } from "@jumpkit/core";
import { useState } from "react";
import type { OperationName } from "../../api/contract.ts";
import { personIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { Isolation } from "../contain-queries.ts";
import { ConnectorForms } from "./connector-forms.tsx";
import { DURATIONS } from "./words.ts";

type About = { readonly isolation: Isolation };

/** The next step that an isolation waits for, and the other ways on from where it stands. */
export function IsolationSteps({ isolation }: About) {
  const [other, setOther] = useState<"refuse" | "withdraw" | "change" | "lift">();
  const stop = () => setOther(undefined);
  const { state } = isolation;
  if (other === "refuse") return <ReasonForm isolation={isolation} step="isolation.refuse" onDone={stop} />;
  if (other === "withdraw")
    return <ReasonForm isolation={isolation} step="isolation.withdraw" onDone={stop} />;
  if (other === "lift") return <LiftForm isolation={isolation} onDone={stop} />;
  if (other === "change") return <ChangeForm isolation={isolation} onDone={stop} />;
  const cut = state === "done" || state === "verified";
  return (
    <>
      {state === "requested" ? <AuthoriseForm isolation={isolation} /> : null}
      {state === "approved" ? <ConnectorForms isolation={isolation} /> : null}
      {state === "approved" ? <RecordForm isolation={isolation} /> : null}
      {state === "done" ? <VerifyForm isolation={isolation} /> : null}
      <Verbs>
        {state === "requested" ? <Button onClick={() => setOther("refuse")}>Refuse</Button> : null}
        {state === "requested" || state === "approved" ? (
          <Button onClick={() => setOther("withdraw")}>Take back</Button>
        ) : null}
        {cut ? <Button onClick={() => setOther("lift")}>Connect again</Button> : null}
        {cut || state === "approved" ? (
          <Button onClick={() => setOther("change")}>Look again later</Button>
        ) : null}
      </Verbs>
    </>
  );
}

function AuthoriseForm({ isolation }: About) {
  const authorise = useChange("isolation.authorise", "isolation");
  const row = useNowAnswer().may.find(({ action }) => action === isolation.needs);
  return (
    <Form
      verb="Authorise it"
      ready={row?.effect !== "forbidden"}
      pending={authorise.isPending}
      fault={authorise.error}
      says={row?.effect === "permitted" ? undefined : `With the consent of: ${row?.approvers.join(", ")}`}
      onSubmit={() => authorise.mutate({ isolation: isolation.id })}
    >
      <p className="quiet">{row?.clause}</p>
    </Form>
  );
}

function RecordForm({ isolation }: About) {
  const [note, setNote] = useState("");
  const record = useChange("isolation.record", "isolation");
  return (
    <Form
      verb="It is cut off now"
      pending={record.isPending}
      fault={record.error}
      onSubmit={() => record.mutate({ isolation: isolation.id, note })}
    >
      <TextField
        label="How it was done"
        description="Such as the port that was shut"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Form>
  );
}

function VerifyForm({ isolation }: About) {
  const [how, setHow] = useState("");
  const verify = useChange("isolation.verify", "isolation");
  return (
    <Form
      verb="It is verified"
      ready={how.trim() !== ""}
      pending={verify.isPending}
      fault={verify.error}
      onSubmit={() => verify.mutate({ isolation: isolation.id, how })}
    >
      <TextField
        label="How do you know that it is cut off?"
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
      />
    </Form>
  );
}

function ReasonForm({
  isolation,
  step,
  onDone,
}: About & {
  readonly step: Extract<OperationName, "isolation.refuse" | "isolation.withdraw">;
  readonly onDone: () => void;
}) {
  const [reason, setReason] = useState("");
  const change = useChange(step, "isolation", onDone);
  return (
    <Form
      verb={step === "isolation.refuse" ? "Refuse it" : "Take it back"}
      ready={reason.trim() !== ""}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={() => change.mutate({ isolation: isolation.id, reason })}
    >
      <TextArea label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Form>
  );
}

function LiftForm({ isolation, onDone }: About & { readonly onDone: () => void }) {
  const [said, setSaid] = useState({ reason: "", how: "" });
  const lift = useChange("isolation.lift", "isolation", onDone);
  return (
    <Form
      verb="It is connected again"
      ready={said.reason.trim() !== ""}
      pending={lift.isPending}
      fault={lift.error}
      onCancel={onDone}
      onSubmit={() => lift.mutate({ isolation: isolation.id, ...said })}
    >
      <p className="quiet">{isolation.undo}</p>
      <TextArea
        label="Why"
        value={said.reason}
        onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
      />
      <TextField
        label="How it was connected again"
        value={said.how}
        onChange={(event) => setSaid({ ...said, how: event.currentTarget.value })}
      />
    </Form>
  );
}

function ChangeForm({ isolation, onDone }: About & { readonly onDone: () => void }) {
  const me = useNowAnswer().person;
  const [duration, setDuration] = useState<keyof typeof REVIEW_HOURS>("emergency");
  const [mine, setMine] = useState<"mine" | "kept">(isolation.owner === null ? "mine" : "kept");
  const [reason, setReason] = useState("");
  const change = useChange("isolation.change", "isolation", onDone);
  const owner = mine === "mine" || isolation.owner === null ? me.id : personIdOf(isolation.owner);
  return (
    <Form
      verb="Look again then"
      ready={reason.trim() !== ""}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={() =>
        change.mutate({
          isolation: isolation.id,
          reviewAt: new Date(Date.now() + REVIEW_HOURS[duration] * 3_600_000).toISOString(),
          owner,
          reason,
        })
      }
    >
      <ChoiceField
        label="It still stands"
        column
        value={duration}
        choices={DURATIONS}
        onChange={setDuration}
      />
      {isolation.owner === null || isolation.owner === me.id ? null : (
        <ChoiceField
          label="Who answers for it"
          value={mine}
          choices={[
            { value: "kept", label: isolation.ownerName },
            { value: "mine", label: "I do from now on" },
          ]}
          onChange={setMine}
        />
      )}
      <TextField
        label="Why it still stands"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
