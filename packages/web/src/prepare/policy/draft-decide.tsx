import type { Instant } from "@jumpkit/core";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { PolicyDocument } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { DraftAnswer } from "./draft-queries.ts";

/** Keeps the draft for another manager to read: why it changes, and from when. */
export function SaveDraft({
  answer,
  document,
  touched,
}: {
  readonly answer: DraftAnswer;
  readonly document: PolicyDocument;
  readonly touched: boolean;
}) {
  // An improvement that leads here says why.
  const { why } = useSearch({ from: "/in/policy/draft" });
  const [note, setNote] = useState(answer.draft?.note || why || "");
  const [from, setFrom] = useState("");
  const save = useChange("policy.draft", undefined);
  const effectiveAt = from === "" ? null : (new Date(from).toISOString() as Instant);
  return (
    <section className="draft-save" aria-label="Keep this draft">
      <Form
        verb="Keep it for another manager to read"
        ready={touched || answer.draft === null}
        pending={save.isPending}
        fault={save.error}
        onSubmit={() => save.mutate({ seen: answer.revision, document, note, effectiveAt })}
      >
        <TextArea
          label="Why does it change?"
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <TextField
          label="In force from"
          description="Your own clock. Empty: at once when it is consented to"
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      </Form>
    </section>
  );
}

/** The second manager's answer to the draft; its author is told that another has to give it. */
export function Consent({ answer, own }: { readonly answer: DraftAnswer; readonly own: boolean }) {
  const { draft, revision } = answer;
  const consent = useChange("policy.consent", undefined);
  const discard = useChange("policy.discard", undefined);
  const [reason, setReason] = useState("");
  if (draft === null) return null;
  return (
    <section className="draft-decide" aria-label="Decide">
      {own ? (
        <Notice tone="info" title="Another manager has to read it and consent">
          Two managers answer for a policy. Where there is one only, make a second first.
        </Notice>
      ) : (
        <Form
          verb="I consent: make it the next version"
          says="From then on it decides what each person may do, and everybody is asked to read it."
          pending={consent.isPending}
          fault={consent.error}
          onSubmit={() => consent.mutate({ revision, digest: draft.digest })}
        >
          <p>You have read what it changes, and what it would have changed.</p>
        </Form>
      )}
      <details>
        <summary>Give the draft up</summary>
        <Form
          verb="Give it up"
          ready={reason.trim() !== ""}
          pending={discard.isPending}
          fault={discard.error}
          onSubmit={() => discard.mutate({ reason })}
        >
          <TextField label="Why?" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        </Form>
      </details>
    </section>
  );
}
