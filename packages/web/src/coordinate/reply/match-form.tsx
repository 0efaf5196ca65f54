import type { AdvisoryId, ContactId, NotificationId } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { Form } from "../../ui/form.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { candidatesQuery, type ReplyRow } from "./reply-queries.ts";

/** Asks which notification or advisory a reply answers, and whose answer it is. */
export function MatchForm({ reply, onCancel }: { readonly reply: ReplyRow; readonly onCancel: () => void }) {
  const answer = useQuery(candidatesQuery);
  return (
    <Load answer={answer} label="what was released" rows={3}>
      {({ items, advisories }) =>
        items.length + advisories.length === 0 ? (
          <p className="meta">Nothing was sent yet that it could answer. Set it aside.</p>
        ) : (
          <Matching
            reply={reply}
            candidates={[
              ...items.map(({ notification, ref, subject, played, told }) => {
                const label = `${played ? "EXERCISE: " : ""}${ref} ${subject}`;
                return { key: notification, of: { notification }, label, told };
              }),
              ...advisories.map(({ advisory, ref, title, told }) => {
                return { key: advisory, of: { advisory }, label: `${ref} ${title} (advisory)`, told };
              }),
            ]}
            onCancel={onCancel}
          />
        )
      }
    </Load>
  );
}

interface Candidate {
  readonly key: string;
  readonly of: { readonly notification: NotificationId } | { readonly advisory: AdvisoryId };
  readonly label: string;
  readonly told: readonly { readonly contact: ContactId; readonly name: string; readonly address: string }[];
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
  const [chosen, setChosen] = useState<string | undefined>(reply.notification ?? reply.advisory ?? undefined);
  const [recipient, setRecipient] = useState(reply.recipient ?? undefined);
  const match = useChange("reply.match", "reply", onCancel);
  const picked = candidates.find(({ key }) => key === chosen);
  const told = picked?.told ?? [];
  return (
    <Form
      verb="It answers this"
      ready={told.some(({ contact }) => contact === recipient)}
      pending={match.isPending}
      fault={match.error}
      onCancel={onCancel}
      onSubmit={() => {
        if (picked) match.mutate({ reply: reply.id, ...picked.of, recipient: recipient ?? null });
      }}
    >
      <div className="reply-match">
        <PlainSelect
          label="It answers"
          empty="choose a notification or an advisory"
          choices={candidates.map(({ key, label }) => ({ value: key, label }))}
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
