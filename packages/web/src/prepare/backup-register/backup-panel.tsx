import { useState } from "react";
import { useNameOf } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { Panel } from "../../ui/panel.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { RetireForm } from "../register/retire-form.tsx";
import type { Backup } from "./backup-queries.ts";
import { BackupTags } from "./backup-tags.tsx";

type Doing = "run" | "trial" | "retire" | undefined;
type FormOf = { readonly backup: Backup; readonly onDone: () => void };

/** One backup: what it holds, its last run and trial, and its restore points with what was found in them. */
export function BackupPanel({
  backup,
  mayManage,
  onClose,
}: {
  readonly backup: Backup;
  readonly mayManage: boolean;
  readonly onClose: () => void;
}) {
  const nameOf = useNameOf();
  const [doing, setDoing] = useState<Doing>();
  const done = () => setDoing(undefined);
  useKey("escape", onClose);
  const { lastRun, lastTrial } = backup;
  return (
    <Panel title={backup.name} onClose={onClose}>
      <BackupTags backup={backup} />
      {mayManage && doing === undefined ? (
        <Verbs>
          <Button weight="primary" onClick={() => setDoing("trial")}>
            Restoring was tried
          </Button>
          <Button onClick={() => setDoing("run")}>It ran</Button>
          <Button weight="plain" onClick={() => setDoing("retire")}>
            Retire it
          </Button>
        </Verbs>
      ) : null}
      {doing === "trial" ? <TrialForm backup={backup} onDone={done} /> : null}
      {doing === "run" ? <RunForm backup={backup} onDone={done} /> : null}
      {doing === "retire" ? <Retire backup={backup} onDone={onClose} /> : null}
      <Facts
        of={[
          ["Holds", backup.what],
          ["Where", backup.place],
          ["Owner", nameOf(backup.owner) ?? "nobody"],
          [
            "Last run",
            lastRun ? (
              <span key="l">
                {lastRun.outcome} <Moment at={lastRun.at} />
              </span>
            ) : (
              "never"
            ),
          ],
          ["Next run by", <Moment key="r" at={backup.runDueAt} />],
          [
            "Last trial",
            lastTrial
              ? `${lastTrial.result} ${utcText(lastTrial.at)} by ${lastTrial.by}: ${lastTrial.proof}`
              : "never",
          ],
          ["Next trial by", <Moment key="t" at={backup.trialDueAt} />],
        ]}
      />
      <Points backup={backup} mayManage={mayManage} />
    </Panel>
  );
}

function TrialForm({ backup, onDone }: FormOf) {
  const [said, setSaid] = useState({ result: "restored" as "restored" | "partly" | "failed", proof: "" });
  const tried = useChange("backup.try", "backup", onDone);
  return (
    <Form
      verb="Write the trial down"
      ready={said.proof.trim() !== ""}
      pending={tried.isPending}
      fault={tried.error}
      onCancel={onDone}
      onSubmit={() => tried.mutate({ backup: backup.id, ...said })}
    >
      <ChoiceField
        label="It was"
        value={said.result}
        choices={[
          { value: "restored", label: "Restored" },
          { value: "partly", label: "Partly restored" },
          { value: "failed", label: "Not restorable" },
        ]}
        onChange={(result) => setSaid({ ...said, result })}
      />
      <TextArea
        label="What proves it"
        description="Where it was restored to, and what was compared"
        value={said.proof}
        onChange={(event) => setSaid({ ...said, proof: event.currentTarget.value })}
      />
    </Form>
  );
}

function RunForm({ backup, onDone }: FormOf) {
  const [outcome, setOutcome] = useState<"succeeded" | "failed">("succeeded");
  const [note, setNote] = useState("");
  const ran = useChange("backup.report", "backup", onDone);
  return (
    <Form
      verb="It ran just now"
      pending={ran.isPending}
      fault={ran.error}
      onCancel={onDone}
      onSubmit={() => ran.mutate({ backup: backup.id, outcome, note })}
    >
      <ChoiceField
        label="It"
        value={outcome}
        choices={[
          { value: "succeeded", label: "Succeeded" },
          { value: "failed", label: "Failed" },
        ]}
        onChange={setOutcome}
      />
      <TextField label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </Form>
  );
}

function Retire({ backup, onDone }: FormOf) {
  const retire = useChange("backup.retire", "backup", onDone);
  return (
    <RetireForm
      name={backup.name}
      retire={retire}
      onRetire={(reason) => retire.mutate({ backup: backup.id, seen: backup.changedSeq, reason })}
      onCancel={onDone}
    />
  );
}

const SCANS = [
  { value: "clean", label: "Scanned: clean" },
  { value: "infected", label: "Scanned: infected" },
] as const;

function Points({ backup, mayManage }: { readonly backup: Backup; readonly mayManage: boolean }) {
  const check = useChange("backup.check_point", "backup");
  return (
    <section className="panel-section" aria-label="Restore points">
      <h3>Restore points</h3>
      {backup.points.length === 0 ? <p className="quiet">No run has succeeded yet.</p> : null}
      <RefusalNotice fault={check.error} />
      <ul className="restore-points fact-items">
        {backup.points.map(({ takenAt, scanned, compared, note }) => (
          <li key={takenAt}>
            <span className="mono">{utcText(takenAt)}</span>
            {mayManage ? (
              <PlainSelect
                label={`What a scan of ${utcText(takenAt)} found`}
                hidden
                empty="Not scanned"
                choices={SCANS}
                value={scanned === "not_scanned" ? undefined : scanned}
                disabled={check.isPending}
                onChange={(next) =>
                  check.mutate({
                    ...{ backup: backup.id, takenAt, compared, note },
                    scanned: next ?? "not_scanned",
                  })
                }
              />
            ) : (
              <span className="meta">
                {SCANS.find((each) => each.value === scanned)?.label ?? "Not scanned"}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
