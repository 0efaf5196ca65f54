import "../../contain/containment-page.css";
import "./notify.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { incidentQuery, useNowAnswer } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { LetterheadForm } from "./letterhead-form.tsx";
import { letterheadQuery, type NotificationRow, notificationsQuery } from "./notify-queries.ts";
import { ToldTag } from "./notify-words.tsx";

/** Who is told of an incident, and how far each of them is. */
export function NotifyPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const { data: incident } = useQuery(incidentQuery(id));
  const open = incident?.status === "reported" || incident?.status === "declared";
  const answer = useQuery(notificationsQuery(id));
  const navigate = useNavigate();
  const items = answer.data ?? [];
  useKey(
    "n",
    open
      ? () => void navigate({ to: "/incidents/$incident/notify/draft", params: { incident: id } })
      : undefined,
  );
  const at = useListKeys(items.length, (place) => {
    const item = items[place];
    if (item === undefined) return;
    void navigate({
      to: "/incidents/$incident/notify/$notification",
      params: { incident: id, notification: item.id },
    });
  });
  const tell = open ? (
    <Link
      to="/incidents/$incident/notify/draft"
      params={{ incident: id }}
      className={buttonLooks({ weight: "primary" })}
    >
      Tell somebody
    </Link>
  ) : null;
  return (
    <div className="containment">
      <section aria-label="Notifications">
        <div className="containment-head">
          <h2>Who is told</h2>
          {items.length > 0 ? tell : null}
        </div>
        <Load answer={answer} label="the notifications" rows={4}>
          {(notifications) =>
            notifications.length === 0 ? (
              <EmptyState title="Nobody outside is told yet" verb={tell}>
                Other sites, the national team, vendors or the police: say what was found, that it may be a
                sign of compromise, and what they may want to do. Confirm an observable, and its owner is
                found.
              </EmptyState>
            ) : (
              <ul className="isolation-list">
                {notifications.map((each, place) => (
                  <li key={each.id}>
                    <Row notification={each} active={place === at} />
                  </li>
                ))}
              </ul>
            )
          }
        </Load>
      </section>
      <LetterheadSection />
    </div>
  );
}

function Row({ notification, active }: { readonly notification: NotificationRow; readonly active: boolean }) {
  const { incident, id, subject, ref, marking, answerBy, overdue, recipients, dropped, factCount } =
    notification;
  return (
    <Link
      to="/incidents/$incident/notify/$notification"
      params={{ incident, notification: id }}
      className={active ? "isolation-row active" : "isolation-row"}
    >
      <span>
        <strong>{subject}</strong> <span className="meta mono">{ref}</span>
      </span>
      <span className="tags">
        {overdue ? (
          <Tag tone="critical" shape="triangle">
            no answer in time
          </Tag>
        ) : null}
        {dropped === "" ? null : <Tag>given up</Tag>}
        <TlpLabel label={marking} />
      </span>
      <ul className="meta told-list">
        {recipients.slice(0, 12).map((each) => (
          <li key={each.contact}>
            {each.name} {each.copy ? "(to know) " : ""}
            <ToldTag state={each.state} />
          </li>
        ))}
        {recipients.length > 12 ? <li>{`and ${recipients.length - 12} more`}</li> : null}
      </ul>
      <span className="meta">
        {factCount === 1 ? "one fact" : `${factCount} facts`}
        {answerBy === null ? null : (
          <>
            {" · answer by "}
            <Moment at={answerBy} />
          </>
        )}
      </span>
    </Link>
  );
}

function LetterheadSection() {
  const { data: letterhead } = useQuery(letterheadQuery);
  const [changing, setChanging] = useState(false);
  const may = useNowAnswer().may.some(
    ({ action, effect }) => action === "policy.manage" && effect === "permitted",
  );
  if (!letterhead) return null;
  return (
    <section aria-label="Letterhead">
      <div className="containment-head">
        <h2>Who writes</h2>
        {may && !changing ? (
          <Verbs>
            <Button onClick={() => setChanging(true)}>Change it</Button>
          </Verbs>
        ) : null}
      </div>
      {changing ? (
        <LetterheadForm before={letterhead} onDone={() => setChanging(false)} />
      ) : (
        <p className="meta">
          {[letterhead.team, letterhead.email, `${letterhead.phone} (${letterhead.hours})`, letterhead.url]
            .filter((each) => each !== "")
            .join(" · ")}
        </p>
      )}
    </section>
  );
}
