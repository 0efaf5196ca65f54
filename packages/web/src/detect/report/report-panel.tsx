import { CLAIM_NAMES, REPORTED_ONGOING_WORDS, SYMPTOM_WORDS } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { Report } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { AttachedFile } from "./attached-file.tsx";
import { reportQuery } from "./report-queries.ts";

/** One report: what was told, the thread with its reporter, and the answer to write. */
export function ReportPanel() {
  const { report: id } = useParams({ from: "/in/reports/$report" });
  const search = useSearch({ from: "/in/reports" });
  const navigate = useNavigate();
  const answer = useQuery(reportQuery(id));
  const leave = () => void navigate({ to: "/reports", search });
  useKey("escape", leave);
  return (
    <Panel title={answer.data?.number ?? "Report"} onClose={leave}>
      <Load answer={answer} label="the report" rows={8}>
        {(report) => (
          <>
            <ReportFacts report={report} />
            {report.messages.map((message) => (
              <section className="report-message" key={message.seq}>
                <span className="meta">
                  {message.from === "team" ? message.by : "The reporter"}, <Moment at={message.at} />
                </span>
                <p className="said">{message.text}</p>
                {message.attachments.map((file) => (
                  <AttachedFile key={file.sha256} report={report} file={file} />
                ))}
              </section>
            ))}
            <AnswerForm report={report} />
          </>
        )}
      </Load>
    </Panel>
  );
}

function ReportFacts({ report }: { readonly report: Report }) {
  return (
    <Facts
      of={[
        ["About", CLAIM_NAMES[report.claim]],
        ["Symptoms", report.symptoms.map((symptom) => SYMPTOM_WORDS[symptom]).join(", ")],
        ["Systems", report.systems],
        ["Noticed", report.noticed],
        ["Still going on", REPORTED_ONGOING_WORDS[report.ongoing]],
        ["From", [report.name, report.affiliation].filter(Boolean).join(", ") || "Unnamed"],
        ["Contact, not verified", report.contact],
        ["Came by", report.channel === "desk" ? "The help desk" : "The form without an account"],
        ["Incident", <WhereItWent key="incident" incident={report.incident} />],
      ]}
    />
  );
}

function WhereItWent({ incident }: { readonly incident: string | null }) {
  if (incident === null) return "None yet; it waits in triage";
  return (
    <Link to="/incidents/$incident" params={{ incident }}>
      Open the incident
    </Link>
  );
}

function AnswerForm({ report }: { readonly report: Report }) {
  const [draft, setDraft, discard] = useDraft(`answer.${report.id}`, { text: "" });
  const send = useChange("report.answer", "report", discard);
  return (
    <Form
      verb="Answer the reporter"
      says="They read it with their follow-up code. No mail is sent."
      ready={draft.text.trim() !== ""}
      pending={send.isPending}
      fault={send.error}
      onSubmit={() => send.mutate({ report: report.id, text: draft.text })}
    >
      <TextArea
        label="Your answer"
        description="It leaves the house: write nothing that the reporter may not know."
        value={draft.text}
        onChange={(event) => setDraft({ text: event.currentTarget.value })}
      />
    </Form>
  );
}
