import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { Form } from "../../ui/form.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { type Candidate, candidatesQuery, type ReplyRow } from "./reply-queries.ts";

/** Asks which notification a reply answers, and whose answer it is. */
export function MatchForm({ reply, onCancel }: { readonly reply: ReplyRow; readonly onCancel: () => void }) {
  const answer = useQuery(candidatesQuery);
  return (
    <Load answer={answer} label="what was released" rows={3}>
      {(candidates) =>
        candidates.length === 0 ? (
          <p className="meta">Nothing was released yet that it could answer. Set it aside.</p>
        ) : (
          <Matching reply={reply} candidates={candidates} onCancel={onCancel} />
        )
      }
    </Load>
  );
}

function Matching({
  reply,
  candidates,
  onCancel,
}: {
  readonly reply: ReplyRow;
  readonly candidates: readonly Candidate[];
  readonly onCancel: () => void;
}) {
  const [chosen, setChosen] = useState(reply.notification ?? undefined);
  const [recipient, setRecipient] = useState(reply.recipient ?? undefined);
  const match = useChange("reply.match", "reply", onCancel);
  const told = candidates.find(({ notification }) => notification === chosen)?.told ?? [];
  return (
    <Form
      verb="It answers this"
      ready={chosen !== undefined && told.some(({ contact }) => contact === recipient)}
      pending={match.isPending}
      fault={match.error}
      onCancel={onCancel}
      onSubmit={() => {
        if (chosen === undefined) return;
        match.mutate({ reply: reply.id, notification: chosen, recipient: recipient ?? null });
      }}
    >
      <div className="reply-match">
        <PlainSelect
          label="It answers"
          empty="choose a notification"
          choices={candidates.map(({ notification, ref, subject }) => ({
            value: notification,
            label: `${ref} ${subject}`,
          }))}
          value={chosen}
          onChange={(next) => {
            setChosen(next);
            setRecipient(undefined);
          }}
        />
        <PlainSelect
          label="as the answer of"
          empty="choose a recipient"
          choices={told.map(({ contact, name, address }) => ({
            value: contact,
            label: `${name} (${address})`,
          }))}
          value={recipient}
          disabled={told.length === 0}
          onChange={setRecipient}
        />
      </div>
    </Form>
  );
}
