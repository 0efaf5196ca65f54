import { INDICATORS_NAME } from "@jumpkit/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { saveFileAt, saveText } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { RepliesOf } from "../reply/replies-of.tsx";
import { IndicatorsTable } from "./indicators-table.tsx";
import { LetterText } from "./letter-text.tsx";
import {
  letterAddress,
  type NotificationShown,
  type Preview,
  previewQuery,
  type RecipientRow,
  releasedQuery,
} from "./notify-queries.ts";
import { STRUCK } from "./notify-words.tsx";

type Of = {
  readonly notification: NotificationShown;
  readonly recipient: RecipientRow;
  readonly open: boolean;
};

/** Exactly what one recipient is told, what is struck out of it, and the verbs that lead further. */
export function RecipientPanel({ notification, recipient, open }: Of) {
  const { incident, id } = notification;
  const answer = useQuery(previewQuery(incident, id, recipient.contact));
  return (
    <section aria-label={`What ${recipient.name} is told`} className="compose-column">
      <RepliesOf incident={incident} notification={id} recipient={recipient.contact} />
      <h2>{`Exactly as it ${recipient.state === "draft" ? "will arrive" : "would arrive now"}`}</h2>
      <Load answer={answer} label="the message" rows={10}>
        {(preview) => (
          <>
            <Way notification={notification} recipient={recipient} preview={preview} open={open} />
            <StruckOut notification={notification} preview={preview} />
            <Bytes preview={preview} channel={recipient.channel} />
          </>
        )}
      </Load>
    </section>
  );
}

function Way({ notification, recipient, preview, open }: Of & { readonly preview: Preview }) {
  const { state, channel, said } = recipient;
  const waits = state === "released" && channel !== "mail";
  return (
    <>
      {said === "" ? null : <p className="notification-said">{said}</p>}
      {state === "released" && channel === "mail" ? (
        <Notice tone="info" title="It waits for the mail server">
          What becomes of it is written down here and in the log.
        </Notice>
      ) : null}
      {open && waits ? <DeliverForm notification={notification} recipient={recipient} /> : null}
      {open && state !== "released" && state !== "closed" ? (
        <Release notification={notification} recipient={recipient} preview={preview} />
      ) : null}
      {state === "draft" ? null : <Released notification={notification} recipient={recipient} />}
      {["told", "acknowledged", "answered", "unknown"].includes(state) ? (
        <AnswerForm notification={notification} recipient={recipient} />
      ) : null}
    </>
  );
}

const VERBS = { mail: "Send it", letter: "Release the letter", call: "Release the script" } as const;

function Release({
  notification: { id },
  recipient,
  preview,
}: Omit<Of, "open"> & { readonly preview: Preview }) {
  const release = useChange("notification.release", "notification");
  const { hinders, sha256 } = preview;
  const go = () => {
    if (hinders === null && !release.isPending) {
      release.mutate({ notification: id, recipient: recipient.contact, sha256 });
    }
  };
  useKey("ctrl+enter", go);
  if (hinders !== null) {
    return (
      <Notice tone="warn" title={hinders.message}>
        {hinders.next}
      </Notice>
    );
  }
  return (
    <>
      <RefusalNotice fault={release.error} />
      <Verbs>
        <Button
          weight={recipient.state === "draft" ? "primary" : "quiet"}
          disabled={release.isPending}
          onClick={go}
        >
          {verbFor(recipient)}
        </Button>
        <span className="meta">These bytes leave, to {recipient.name} alone. They cannot be taken back.</span>
      </Verbs>
    </>
  );
}

function verbFor({ state, channel, current }: RecipientRow): string {
  if (state === "draft") return VERBS[channel];
  if (state === "failed" || state === "unknown") return `${VERBS[channel]} once more`;
  return current ? "Remind them with it" : `${VERBS[channel]} as it is now`;
}

function Released({ notification, recipient }: Omit<Of, "open">) {
  const { incident, id, ref } = notification;
  const { data: released } = useQuery(releasedQuery(incident, id, recipient.contact));
  if (!released) return null;
  const mail = recipient.channel !== "call";
  const { indicators } = released;
  return (
    <Verbs>
      <Button
        onClick={() =>
          saveText(`${ref}.${mail ? "eml" : "txt"}`, mail ? "message/rfc822" : "text/plain", released.message)
        }
      >
        {mail ? "Save what was released (.eml)" : "Save the script"}
      </Button>
      {indicators === null ? null : (
        <Button onClick={() => saveText(INDICATORS_NAME, "text/csv", indicators.text)}>
          {`Save ${INDICATORS_NAME}`}
        </Button>
      )}
      {recipient.channel === "letter" ? <Letter id={id} recipient={recipient} /> : null}
    </Verbs>
  );
}

function Letter({ id, recipient: { contact } }: { readonly id: string; readonly recipient: RecipientRow }) {
  const save = useMutation({ mutationFn: () => saveFileAt(letterAddress(id, contact)) });
  return (
    <>
      <Button disabled={save.isPending} onClick={() => save.mutate()}>
        {save.isPending ? "Putting it on paper…" : "Save the letter (PDF)"}
      </Button>
      <RefusalNotice fault={save.error} />
    </>
  );
}

function DeliverForm({ notification: { id }, recipient }: Omit<Of, "open">) {
  const [detail, setDetail] = useState("");
  const deliver = useChange("notification.deliver", "notification");
  const call = recipient.channel === "call";
  return (
    <Form
      verb={call ? "It was read out" : "It was handed over"}
      ready={detail.trim() !== ""}
      pending={deliver.isPending}
      fault={deliver.error}
      onSubmit={() => deliver.mutate({ notification: id, recipient: recipient.contact, detail })}
    >
      <TextField
        label={call ? "Whom you spoke to, and what they said" : "Who took it, and how it travels"}
        value={detail}
        onChange={(event) => setDetail(event.currentTarget.value)}
      />
    </Form>
  );
}

const ANSWERS = [
  { value: "acknowledged", label: "Acknowledged" },
  { value: "answered", label: "Answered" },
  { value: "closed", label: "Closed" },
] as const;

function AnswerForm({ notification: { id }, recipient }: Omit<Of, "open">) {
  const [state, setState] = useState<(typeof ANSWERS)[number]["value"]>();
  const [said, setSaid] = useState("");
  const answer = useChange("notification.answer", "notification", () => {
    setState(undefined);
    setSaid("");
  });
  return (
    <Form
      verb="Write it down"
      ready={state !== undefined}
      pending={answer.isPending}
      fault={answer.error}
      onSubmit={() => {
        if (state !== undefined)
          answer.mutate({ notification: id, recipient: recipient.contact, state, said });
      }}
    >
      <ChoiceField label="How far they are" value={state} choices={ANSWERS} onChange={setState} />
      <TextArea
        label="What they said"
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
    </Form>
  );
}

function StruckOut({
  notification,
  preview,
}: {
  readonly notification: NotificationShown;
  readonly preview: Preview;
}) {
  const { facts } = notification.draft;
  if (preview.struck.length === 0) {
    return facts.length === 0 ? null : (
      <p className="meta">{`Nothing is struck out: ${facts.length === 1 ? "the one fact leaves" : `all ${facts.length} facts leave`} the house.`}</p>
    );
  }
  return (
    <details className="struck-out" open={preview.struck.length <= 10}>
      <summary>{`${preview.struck.length} of ${facts.length} facts are struck out and stay here`}</summary>
      <ul>
        {preview.struck.slice(0, 200).map(({ fact, because }) => (
          <li key={fact}>
            <s>{facts[fact]?.text || facts[fact]?.observable?.value}</s>{" "}
            <span className="meta">{STRUCK[because] ?? because}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Bytes({
  preview,
  channel,
}: {
  readonly preview: Preview;
  readonly channel: RecipientRow["channel"];
}) {
  if (preview.message === "") return null;
  return (
    <>
      <LetterText text={preview.text} />
      {preview.indicators === null ? null : <IndicatorsTable indicators={preview.indicators} />}
      <p className="meta">
        {"SHA-256 of the whole: "}
        <Digest value={preview.sha256} label="sha256" />
      </p>
      {channel === "call" ? null : (
        <details>
          <summary>The bytes</summary>
          <LetterText text={preview.message} label="The bytes" />
        </details>
      )}
    </>
  );
}
