import { useState } from "react";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { DecisionDialog } from "./decision-dialog.tsx";
import type { SignStory } from "./triage-answers.ts";
import { COMMON_REASONS } from "./triage-words.ts";
import type { Decision } from "./use-decisions.ts";

/** Asks why a sign means nothing: reasons learnt from its rule and source first, then those that fit anything. */
export function DismissDialog({
  about,
  learnt,
  onDecide,
  onClose,
}: {
  readonly about: string;
  readonly learnt: SignStory["reasons"];
  readonly onDecide: (decision: Decision) => void;
  readonly onClose: () => void;
}) {
  const reasons = reasonsFrom(learnt);
  const [marked, setMarked] = useState(reasons[0]?.id);
  const [other, setOther] = useState("");
  const [note, setNote] = useState("");
  const said = other.trim() === "" ? undefined : other.trim();
  return (
    <DecisionDialog
      title={`Why is it nothing? ${about}`}
      verb="Dismiss"
      answers={reasons}
      marked={said === undefined ? marked : undefined}
      onMark={(id) => {
        setMarked(id);
        setOther("");
      }}
      onAnswer={(id) => {
        const reason = id ?? said;
        if (reason !== undefined) onDecide({ verb: "dismiss", reason, note });
      }}
      onClose={onClose}
    >
      <TextField
        label="Another reason"
        description="In few words: it is offered for the next sign of this rule."
        maxLength={300}
        value={other}
        onChange={(event) => setOther(event.currentTarget.value)}
      />
      <TextArea
        label="Note (optional)"
        minRows={1}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DecisionDialog>
  );
}

function reasonsFrom(learnt: SignStory["reasons"]) {
  const known = new Set(learnt.map(({ reason }) => reason));
  return [
    ...learnt.map(({ reason, count }) => ({
      id: reason,
      label: reason,
      why: count === 1 ? "once before" : `${count} times before`,
    })),
    ...COMMON_REASONS.filter((reason) => !known.has(reason)).map((reason) => ({ id: reason, label: reason })),
  ].slice(0, 9);
}
