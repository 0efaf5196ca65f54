import "../../contain/containment-page.css";
import "./notify.css";
import type { ContactId, NotificationId } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { LineForm } from "../../ui/line-form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { DropReply } from "../reply/drop-reply.tsx";
import { type NotificationShown, notificationQuery, type RecipientRow } from "./notify-queries.ts";
import { ToldTag } from "./notify-words.tsx";
import { RecipientPanel } from "./recipient-panel.tsx";

/** One notification: each recipient with how far they are, and exactly what the one shown is told. */
export function NotificationPage() {
  const { incident: id, notification } = useParams({ from: "/in/incidents/$incident/notify/$notification" });
  const answer = useQuery(notificationQuery(id, notification));
  const { data: incident } = useQuery(incidentQuery(id));
  const open = incident?.status === "reported" || incident?.status === "declared";
  return (
    <Load answer={answer} label="the notification" rows={12}>
      {(shown) => <Whole key={shown.id} notification={shown} open={open && shown.dropped === ""} />}
    </Load>
  );
}

type Of = { readonly notification: NotificationShown; readonly open: boolean };

function Whole({ notification, open }: Of) {
  const { recipients, incident } = notification;
  const [chosen, setChosen] = useState(recipients[0]?.contact);
  const at = Math.max(
    0,
    recipients.findIndex(({ contact }) => contact === chosen),
  );
  const current = recipients[at];
  useKey("j", () => setChosen(recipients[Math.min(recipients.length - 1, at + 1)]?.contact));
  useKey("k", () => setChosen(recipients[Math.max(0, at - 1)]?.contact));
  return (
    <div className="notification">
      <section aria-label="Recipients" className="compose-column">
        <Head notification={notification} open={open} />
        <ul className="recipients">
          {recipients.map((recipient) => (
            <li key={recipient.contact}>
              <RecipientButton
                recipient={recipient}
                shown={recipient.contact === current?.contact}
                onShow={() => setChosen(recipient.contact)}
              />
            </li>
          ))}
        </ul>
        {recipients.some(({ state }) => state !== "draft") ? (
          <DropReply on={{ notification: notification.id }} />
        ) : null}
        <p className="meta">
          <Link to="/incidents/$incident/notify" params={{ incident }}>
            Everybody who is told of this incident
          </Link>
        </p>
      </section>
      {current ? (
        <RecipientPanel key={current.contact} notification={notification} recipient={current} open={open} />
      ) : null}
    </div>
  );
}

function Head({ notification, open }: Of) {
  const { subject, ref, marking, answerBy, overdue, dropped, by, composedAt, incident, id, recipients } =
    notification;
  const [dropping, setDropping] = useState(false);
  const untold = recipients.every(({ state }) => state === "draft");
  return (
    <div className="notification-head">
      <h2>{subject}</h2>
      <p className="tags">
        <TlpLabel label={marking} /> <span className="meta mono">{ref}</span>
        {overdue ? (
          <Tag tone="critical" shape="triangle">
            no answer in time
          </Tag>
        ) : null}
        {dropped === "" ? null : <Tag>given up</Tag>}
      </p>
      <p className="meta">
        {`Written by ${by}, `}
        <Moment at={composedAt} />
        {answerBy === null ? null : (
          <>
            {". Answer by "}
            <Moment at={answerBy} />
          </>
        )}
        {dropped === "" ? "" : `. Given up: ${dropped}`}
      </p>
      {open && !dropping ? (
        <Verbs>
          <Link
            to="/incidents/$incident/notify/$notification/change"
            params={{ incident, notification: id }}
            className={buttonLooks({})}
          >
            Write it anew
          </Link>
          {untold ? (
            <Button weight="plain" onClick={() => setDropping(true)}>
              Give it up
            </Button>
          ) : null}
        </Verbs>
      ) : null}
      {dropping ? <DropForm incident={incident} id={id} onCancel={() => setDropping(false)} /> : null}
    </div>
  );
}

function DropForm({
  incident,
  id,
  onCancel,
}: {
  readonly incident: string;
  readonly id: NotificationId;
  readonly onCancel: () => void;
}) {
  const navigate = useNavigate();
  const drop = useChange("notification.drop", "notification", () =>
    navigate({ to: "/incidents/$incident/notify", params: { incident } }),
  );
  return (
    <LineForm
      verb="Give it up"
      step={drop}
      onCancel={onCancel}
      onLine={(reason) => drop.mutate({ notification: id, reason })}
    />
  );
}

function RecipientButton({
  recipient,
  shown,
  onShow,
}: {
  readonly recipient: RecipientRow & { readonly contact: ContactId };
  readonly shown: boolean;
  readonly onShow: () => void;
}) {
  const { name, organisation, channel, via, copy, state, at } = recipient;
  return (
    <button
      type="button"
      className={shown ? "recipient shown" : "recipient"}
      aria-pressed={shown}
      onClick={onShow}
    >
      <span>
        <strong>{name}</strong>{" "}
        <span className="meta">
          {[organisation, `by ${channel}`, via === "" ? "" : `through ${via}`, copy ? "only to know" : ""]
            .filter((each) => each !== "")
            .join(" · ")}
        </span>
      </span>
      <ToldTag state={state} />
      {at === null ? null : (
        <span className="meta">
          <Moment at={at} utcOnly />
        </span>
      )}
    </button>
  );
}
