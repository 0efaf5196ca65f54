import "./reply.css";
import { sizeText } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { startDownload } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { LetterText } from "../notify/letter-text.tsx";
import { AnsweredLink } from "./answered-link.tsx";
import { MatchForm } from "./match-form.tsx";
import { type ReplyRow, replyTextQuery } from "./reply-queries.ts";
import { dkimTags, envelopeTags, senderText, verdictText, verdictTone, warningsOf } from "./reply-words.ts";

type Of = { readonly reply: ReplyRow };
type Asked = "settle" | "dismiss" | "match" | undefined;

/** A mail that came back: who says they sent it, how far that can be believed, its words, and what to do with it. */
export function ReplyCard({ reply, linked = false }: Of & { readonly linked?: boolean }) {
  const { mail, receivedAt, way, name, open } = reply;
  const [asked, setAsked] = useState<Asked>();
  const warnings = open ? warningsOf(reply) : [];
  return (
    <article className="reply" aria-label={`Reply: ${mail.subject || "without a subject"}`}>
      <p className="reply-head">
        <strong>{mail.subject || "(without a subject)"}</strong>
        {reply.played ? <Tag tone="warn">EXERCISE</Tag> : null}
        {open ? <Tag tone="warn">unread</Tag> : null}
        <Tag tone={verdictTone(mail.verdict)}>{verdictText(mail.verdict)}</Tag>
        {[...dkimTags(mail), ...envelopeTags(reply)].map(({ tone, words }) => (
          <Tag key={words} tone={tone}>
            {words}
          </Tag>
        ))}
      </p>
      <p className="meta">
        {`${senderText(mail)} · ${way === "mailbox" ? "came into the mailbox" : "dropped as a file"} `}
        <Moment at={receivedAt} utcOnly />
        {name === "" ? "" : ` · answer of ${name}`}
      </p>
      {linked && (reply.notification ?? reply.advisory) !== null ? (
        <p className="meta">
          {"It answers "}
          <AnsweredLink reply={reply}>{reply.subject || reply.ref}</AnsweredLink>
        </p>
      ) : null}
      {warnings.length > 0 ? (
        <Notice tone="warn" title={warnings[0] ?? ""}>
          {warnings.slice(1).join(" ")}
        </Notice>
      ) : null}
      <Words reply={reply} />
      <Done reply={reply} />
      {open ? <Asking reply={reply} asked={asked} onAsk={setAsked} /> : null}
    </article>
  );
}

function Words({ reply }: Of) {
  const { id, excerpt, mail, open } = reply;
  const [shown, setShown] = useState(false);
  const answer = useQuery({ ...replyTextQuery(id), enabled: shown });
  const short = excerpt.length < 300 && !excerpt.includes("\n\n\n");
  return (
    <>
      {shown && !short ? (
        <Load answer={answer} label="the words" rows={6}>
          {(text) => <LetterText text={text} />}
        </Load>
      ) : (
        <LetterText text={excerpt === "" ? "(no words)" : `${excerpt}${short ? "" : " …"}`} />
      )}
      {mail.attached.length > 0 ? (
        <p className="meta">
          {`Attached, and not opened here: ${mail.attached.map(({ name }) => name || "without a name").join(", ")}`}
        </p>
      ) : null}
      <Verbs>
        {short || shown ? null : <Button onClick={() => setShown(true)}>Show all of it</Button>}
        {open || shown ? <Save reply={reply} /> : null}
      </Verbs>
    </>
  );
}

function Save({ reply: { id, sha256, sizeBytes } }: Of) {
  const save = useChange("reply.save", "reply", ({ download }) => startDownload(download));
  return (
    <>
      <Button disabled={save.isPending} onClick={() => save.mutate({ reply: id })}>
        Record the reading and download
      </Button>
      <span className="meta">{sizeText(sizeBytes)}</span>
      <Digest value={sha256} label="the SHA-256" />
      <RefusalNotice fault={save.error} />
    </>
  );
}

function Done({ reply: { settled, dismissed } }: Of) {
  if (dismissed !== "") return <p className="meta">{`Set aside: ${dismissed}`}</p>;
  if (settled === null) return null;
  return (
    <p className="meta">
      {`Read by ${settled.by}${settled.state === null ? "" : `, who wrote down: ${settled.state}`}, `}
      <Moment at={settled.at} utcOnly />
    </p>
  );
}

function Asking({
  reply,
  asked,
  onAsk,
}: Of & { readonly asked: Asked; readonly onAsk: (asked: Asked) => void }) {
  const back = () => onAsk(undefined);
  if (asked === "dismiss") return <DismissForm reply={reply} onCancel={back} />;
  if (asked === "match") return <MatchForm reply={reply} onCancel={back} />;
  if (asked === "settle") return <SettleForm reply={reply} onCancel={back} />;
  if (reply.advisory !== null && reply.recipient !== null) return <ReadIt reply={reply} onAsk={onAsk} />;
  const matched = (reply.notification ?? reply.advisory) !== null && reply.recipient !== null;
  return (
    <Verbs>
      <Button weight="primary" onClick={() => onAsk(matched ? "settle" : "match")}>
        {verbOf(reply)}
      </Button>
      {matched ? <Button onClick={() => onAsk("match")}>It answers something else</Button> : null}
      <Button weight="plain" onClick={() => onAsk("dismiss")}>
        Set it aside
      </Button>
    </Verbs>
  );
}

/** A reply to an advisory changes nobody's state: that it was read is all there is to say. */
function ReadIt({ reply, onAsk }: Of & { readonly onAsk: (asked: Asked) => void }) {
  const settle = useChange("reply.settle", "reply");
  return (
    <>
      <Verbs>
        <Button
          weight="primary"
          disabled={settle.isPending}
          onClick={() => settle.mutate({ reply: reply.id })}
        >
          I have read it
        </Button>
        <Button onClick={() => onAsk("match")}>It answers something else</Button>
        <Button weight="plain" onClick={() => onAsk("dismiss")}>
          Set it aside
        </Button>
      </Verbs>
      <RefusalNotice fault={settle.error} />
    </>
  );
}

function verbOf({ notification, advisory, recipient }: ReplyRow): string {
  if (notification === null && advisory === null) return "Say what it answers";
  return recipient === null ? "Say whose answer it is" : "I have read it";
}

const STATES = [
  { value: "none", label: "Nothing changes" },
  { value: "acknowledged", label: "Acknowledged" },
  { value: "answered", label: "Answered" },
  { value: "closed", label: "Closed" },
] as const;

function SettleForm({ reply, onCancel }: Of & { readonly onCancel: () => void }) {
  const [state, setState] = useState<(typeof STATES)[number]["value"]>(reply.suggested ?? "none");
  const [said, setSaid] = useState("");
  const settle = useChange("reply.settle", "reply");
  return (
    <Form
      verb="Write it down"
      pending={settle.isPending}
      fault={settle.error}
      onCancel={onCancel}
      onSubmit={() => settle.mutate({ reply: reply.id, state: state === "none" ? null : state, said })}
    >
      <ChoiceField
        label={`How far ${reply.name || "they"} are now`}
        value={state}
        choices={STATES}
        onChange={setState}
      />
      <TextArea
        label="What they said, in short"
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
    </Form>
  );
}

function DismissForm({ reply, onCancel }: Of & { readonly onCancel: () => void }) {
  const [reason, setReason] = useState("");
  const dismiss = useChange("reply.dismiss", "reply");
  return (
    <Form
      verb="Set it aside"
      ready={reason.trim() !== ""}
      pending={dismiss.isPending}
      fault={dismiss.error}
      onCancel={onCancel}
      onSubmit={() => dismiss.mutate({ reply: reply.id, reason })}
    >
      <TextField
        label="Why it is nothing of ours"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
