import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { CardTalk, Shift } from "./shift-queries.ts";

/** What the two say of one incident: who comes understands or asks, who goes replies. */
export function CardTalkView({
  card,
  shift,
  current,
  me,
}: {
  readonly card: CardTalk;
  readonly shift: Shift;
  readonly current: boolean;
  readonly me: string;
}) {
  const [asking, setAsking] = useState(false);
  const understand = useChange("shift.understand", "shift");
  const isComing = shift.to === me;
  const waits = isComing && card.state !== "understood";
  const yes = () => understand.mutate({ shift: shift.id, incident: card.incident });
  useKey("y", current && waits && !understand.isPending ? yes : undefined);
  useKey("q", current && waits ? () => setAsking(true) : undefined);
  return (
    <div className="shift-talk">
      {card.talk.map((word) => (
        <p key={`${word.at} ${word.text}`}>
          <b>{word.by}</b> {word.text}{" "}
          <span className="meta">
            <Moment at={word.at} />
          </span>
        </p>
      ))}
      {card.state === "understood" ? <Tag tone="ok">understood</Tag> : null}
      {card.state === "asked" && !isComing ? <Tag tone="warn">a question waits</Tag> : null}
      {shift.from === me && card.state === "asked" ? <Reply card={card} shift={shift} /> : null}
      {asking ? <Ask card={card} shift={shift} onDone={() => setAsking(false)} /> : null}
      {waits && !asking ? (
        <Verbs>
          <Button weight="primary" disabled={understand.isPending} onClick={yes}>
            Understood
          </Button>
          <Button onClick={() => setAsking(true)}>Ask</Button>
        </Verbs>
      ) : null}
      <RefusalNotice fault={understand.error} />
    </div>
  );
}

function Ask({ card, shift, onDone }: Of & { readonly onDone: () => void }) {
  const [question, setQuestion] = useState("");
  const ask = useChange("shift.ask", "shift", onDone);
  useKey("escape", onDone);
  return (
    <Form
      verb="Ask"
      ready={question.trim() !== ""}
      pending={ask.isPending}
      fault={ask.error}
      onCancel={onDone}
      onSubmit={() => ask.mutate({ shift: shift.id, incident: card.incident, question })}
    >
      <TextField
        label="Question"
        autoFocus
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
      />
    </Form>
  );
}

type Of = { readonly card: CardTalk; readonly shift: Shift };

function Reply({ card, shift }: Of) {
  const [reply, setReply] = useState("");
  const send = useChange("shift.reply", "shift", () => setReply(""));
  return (
    <Form
      verb="Reply"
      ready={reply.trim() !== ""}
      pending={send.isPending}
      fault={send.error}
      onSubmit={() => send.mutate({ shift: shift.id, incident: card.incident, reply })}
    >
      <TextField label="Reply" value={reply} onChange={(event) => setReply(event.currentTarget.value)} />
    </Form>
  );
}
