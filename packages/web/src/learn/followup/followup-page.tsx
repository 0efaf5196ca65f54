import "../../ui/table.css";
import "../../contain/containment-page.css";
import "./followup.css";
import { TLP_LABELS, TLP_MEANS, Tlp } from "@jumpkit/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Moment } from "../../ui/moment.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { ArrangeForm } from "./arrange-form.tsx";
import { FollowupParts } from "./followup-parts.tsx";
import { type Followup, followupQuery } from "./followup-queries.ts";
import { SavePaper } from "./save-paper.tsx";

/** The follow-up report of one incident as it will stand on paper, for the marking that is chosen. */
export function FollowupPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const [marking, setMarking] = useState("");
  const [arranging, setArranging] = useState(false);
  const leaveArranging = () => {
    setArranging(false);
    document.getElementById("arrange")?.focus();
  };
  const answer = useQuery({ ...followupQuery(id, marking), placeholderData: keepPreviousData });
  return (
    <div className="containment followup">
      <Load answer={answer} label="the report" rows={12}>
        {(followup) => (
          <>
            <section aria-label="Report">
              <div className="containment-head">
                <h2>
                  {followup.title}, {followup.code}
                </h2>
                <span className="followup-verbs">
                  <Button id="arrange" aria-expanded={arranging} onClick={() => setArranging(!arranging)}>
                    Arrange sections
                  </Button>
                  <SavePaper incident={id} marking={followup.marking} />
                </span>
              </div>
              <div className="followup-top">
                <MarkingField
                  value={marking === "" ? followup.marking : marking}
                  onChange={(label) => setMarking(label)}
                />
                <RecordFacts followup={followup} />
              </div>
              {arranging ? <ArrangeForm onDone={leaveArranging} /> : null}
            </section>
            {followup.sections.map((section) => (
              <section key={section.section} aria-label={section.title}>
                <h3>
                  {section.title}
                  {section.struckCount === 0 ? null : (
                    <span className="meta"> {section.struckCount} struck</span>
                  )}
                </h3>
                <FollowupParts parts={section.parts} />
              </section>
            ))}
          </>
        )}
      </Load>
    </div>
  );
}

function MarkingField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (marking: string) => void;
}) {
  const label = Tlp.safeParse(value);
  return (
    <SelectField
      label="Marked"
      description={label.success ? TLP_MEANS[label.data] : ""}
      allowDeselect={false}
      data={[...TLP_LABELS]}
      value={value}
      onChange={(marking) => onChange(marking ?? "")}
    />
  );
}

function RecordFacts({ followup }: { readonly followup: Followup }) {
  const { record, struckCount, incidentTlp, marking } = followup;
  return (
    <div className="followup-record">
      <p>
        Made from the handling log alone: {record.entryCount} entries until{" "}
        <Moment at={record.lastEntryAt} utcOnly />. The same record and marking give the same bytes.
      </p>
      <p className="meta">
        Record <Digest value={record.sha256} label="the digest of the record" />
      </p>
      {struckCount === 0 ? null : (
        <p className="followup-struck" role="status">
          The incident is marked <TlpLabel label={incidentTlp} />. What is labelled above{" "}
          <TlpLabel label={marking} /> is struck: {struckCount} in all.
        </p>
      )}
    </div>
  );
}
