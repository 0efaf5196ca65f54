import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { backupsQuery } from "../../prepare/backup-register/backup-queries.ts";
import { instantIn } from "../../prepare/duty/wall-clock.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { matrixQuery } from "../recovery-queries.ts";
import { PointField, pointIn, StandingTag } from "./point-field.tsx";
import { type Restoring, restoringQuery } from "./restoring-queries.ts";

type Of = { readonly incident: string; readonly open: boolean };

/** Since when hosts may have been compromised, and from which restore point each gets its data. */
export function RestoreSection({ incident, open }: Of) {
  const answer = useQuery(restoringQuery(incident));
  const [doing, setDoing] = useState<"date" | "choose">();
  const done = () => setDoing(undefined);
  return (
    <section aria-label="Restore points">
      <div className="containment-head">
        <h2>Restore points</h2>
        {open && doing === undefined ? (
          <Verbs>
            <Button onClick={() => setDoing("date")}>Compromised since</Button>
            <Button weight="primary" onClick={() => setDoing("choose")}>
              Choose a restore point
            </Button>
          </Verbs>
        ) : null}
      </div>
      <Load answer={answer} label="the restore points" rows={3}>
        {(restoring) => (
          <>
            <p>
              <Since restoring={restoring} />
            </p>
            {doing === "date" ? <DateForm incident={incident} onDone={done} /> : null}
            {doing === "choose" ? (
              <ChooseForm incident={incident} restoring={restoring} onDone={done} />
            ) : null}
            <Chosen restoring={restoring} />
          </>
        )}
      </Load>
    </section>
  );
}

function Since({ restoring: { earliestAt, from, reason } }: { readonly restoring: Restoring }) {
  if (earliestAt === null) return <>Nobody knows yet since when hosts may have been compromised.</>;
  return (
    <>
      Compromised since <Moment at={earliestAt} /> at the earliest{" "}
      <span className="meta">{from === "said" ? reason : "when its first sign was seen"}</span>
    </>
  );
}

function DateForm({ incident, onDone }: { readonly incident: string; readonly onDone: () => void }) {
  const { zone } = useNowAnswer().person;
  const [said, setSaid] = useState({ wall: "", reason: "" });
  const change = useChange("compromise.date", "incident", onDone);
  const earliestAt = instantIn(said.wall, zone);
  return (
    <Form
      verb="Compromised since then"
      ready={earliestAt !== undefined && said.reason.trim() !== ""}
      pending={change.isPending}
      fault={change.error}
      says={earliestAt === undefined ? undefined : utcText(earliestAt)}
      onCancel={onDone}
      onSubmit={() => {
        if (earliestAt === undefined) return;
        change.mutate({ incident: incidentIdOf(incident), earliestAt, reason: said.reason });
      }}
    >
      <TextField
        label="Since"
        description={`On the clocks of ${zone}`}
        type="datetime-local"
        value={said.wall}
        onChange={(event) => setSaid({ ...said, wall: event.currentTarget.value })}
      />
      <TextField
        label="How one knows"
        value={said.reason}
        onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
      />
    </Form>
  );
}

const OTHER = "another host";

function ChooseForm({
  incident,
  restoring,
  onDone,
}: {
  readonly incident: string;
  readonly restoring: Restoring;
  readonly onDone: () => void;
}) {
  const { data: backups } = useQuery(backupsQuery);
  const [said, setSaid] = useState({ host: "", point: "", reason: "" });
  const choose = useChange("restorepoint.choose", "incident", onDone);
  const { data: matrix } = useQuery(matrixQuery(incident));
  const hosts = (matrix?.items ?? []).map(({ name }) => ({ value: name, label: name }));
  const [elsewhere, setElsewhere] = useState(false);
  const point = pointIn(backups, restoring, said.point);
  return (
    <Form
      verb="Restore from it"
      ready={said.host.trim() !== "" && point !== undefined}
      pending={choose.isPending}
      fault={choose.error}
      onCancel={onDone}
      onSubmit={() => {
        if (point === undefined) return;
        const { backup, takenAt } = point;
        const { host, reason } = said;
        choose.mutate({ incident: incidentIdOf(incident), host, backup, takenAt, reason });
      }}
    >
      {hosts.length > 0 && !elsewhere ? (
        <SelectField
          label="Host"
          placeholder="A host on its way back"
          data={[...hosts, { value: OTHER, label: "Another host of the register …" }]}
          value={said.host === "" ? null : said.host}
          onChange={(host) => {
            setElsewhere(host === OTHER);
            setSaid({ ...said, host: host === null || host === OTHER ? "" : host });
          }}
        />
      ) : (
        <TextField
          label="Host"
          description="Its name or address in the register"
          mono
          value={said.host}
          onChange={(event) => setSaid({ ...said, host: event.currentTarget.value })}
        />
      )}
      <PointField
        restoring={restoring}
        value={said.point}
        onChange={(point) => setSaid({ ...said, point })}
      />
      {point === undefined || point.standing === "before" ? null : (
        <TextField
          label="Why it is taken all the same"
          value={said.reason}
          onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
        />
      )}
    </Form>
  );
}

function Chosen({ restoring: { chosen } }: { readonly restoring: Restoring }) {
  if (chosen.length === 0) return <p className="quiet">No restore point has been chosen.</p>;
  return (
    <ul className="isolation-list">
      {chosen.map((point) => (
        <li key={point.host} className="isolation-row">
          <span>
            <bdi className="mono">{point.host}</bdi> from {point.name}, <Moment at={point.takenAt} />
          </span>
          <StandingTag standing={point.standing} />
          <span className="meta">
            {[point.by, point.scanned.replaceAll("_", " "), point.reason].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
