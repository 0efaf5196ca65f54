import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { startDownload } from "../../shell/start-download.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { utcClock } from "../../ui/moment-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { HowToVerify } from "./how-to-verify.tsx";

/** Hands out the case file: to whom, what for, then the download and how a stranger verifies it. */
export function CaseFilePanel() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/log/case-file" });
  const navigate = useNavigate();
  const answer = useQuery(incidentQuery(id));
  const [draft, setDraft, discard] = useDraft(`case-file.${id}`, { recipient: "", purpose: "" });
  const leave = () => void navigate({ to: "/incidents/$incident", params: { incident: id } });
  useKey("escape", leave);
  const exporting = useChange("incident.export", "incident", ({ download }) => {
    discard();
    startDownload(download);
  });
  const ready = draft.recipient.trim() !== "" && draft.purpose.trim() !== "";
  return (
    <Load answer={answer} label="the incident">
      {(incident) => (
        <Panel title="Hand out the case file" onClose={leave}>
          <p className="prose">
            One tar file with the whole log, its proofs, every evidence item and a report. It is marked{" "}
            <TlpLabel label={incident.tlp} />.
          </p>
          <Form
            verb="Record and download"
            says="The handing out is an entry of the log."
            ready={ready}
            pending={exporting.isPending}
            fault={exporting.error}
            onSubmit={() => exporting.mutate({ incident: incident.id, ...draft })}
          >
            <TextField
              label="To whom?"
              placeholder="Name and organisation"
              value={draft.recipient}
              onChange={(event) => setDraft({ ...draft, recipient: event.currentTarget.value })}
            />
            <TextField
              label="What for?"
              placeholder="Such as: criminal investigation, file number 2026/117"
              value={draft.purpose}
              onChange={(event) => setDraft({ ...draft, purpose: event.currentTarget.value })}
            />
          </Form>
          {exporting.data ? (
            <Notice
              tone="ok"
              title={`Recorded ${utcClock(exporting.data.recorded[0]?.recordedAt ?? Date.now())}; the download has started`}
              verb={
                <a className={buttonLooks({})} href={exporting.data.download} download="">
                  Download again
                </a>
              }
            >
              The link works for you alone, until {utcClock(exporting.data.expiresAt)}.
            </Notice>
          ) : null}
          <HowToVerify code={incident.code} />
        </Panel>
      )}
    </Load>
  );
}
