import { ratePriority } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Incident } from "../../api/contract.ts";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceField, ChoicesField } from "../../ui/choice-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { FUNCTIONAL, INFORMATION, RECOVERABILITY } from "./words.ts";

type Rating = NonNullable<Incident["rating"]>;
type Information = readonly Rating["informationImpact"][number][];

/** NIST's three scales; the priority follows from them, with its reason, before anything is saved. */
export function AssessmentPanel() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/log/assessment" });
  const navigate = useNavigate();
  const answer = useQuery(incidentQuery(id));
  const close = () => void navigate({ to: "/incidents/$incident", params: { incident: id } });
  useKey("escape", close);
  return (
    <Load answer={answer} label="the assessment">
      {(incident) => (
        <Panel title="Impact and recoverability" onClose={close}>
          <Scales key={incident.changedSeq} incident={incident} onDone={close} />
        </Panel>
      )}
    </Load>
  );
}

function Scales({ incident, onDone }: { readonly incident: Incident; readonly onDone: () => void }) {
  const { rating } = incident;
  const [draft, setDraft, discard] = useDraft(`assess.${incident.id}.${incident.changedSeq}`, {
    functionalImpact: rating?.functionalImpact as Rating["functionalImpact"] | undefined,
    functionalImpactLikely: rating?.functionalImpactLikely as Rating["functionalImpact"] | undefined,
    informationImpact: (rating?.informationImpact ?? []) as Information,
    recoverability: rating?.recoverability as Rating["recoverability"] | undefined,
    reason: "",
  });
  const assess = useChange("incident.assess", "incident", () => {
    discard();
    onDone();
  });
  const whole = wholeRating(draft);
  return (
    <form
      className="panel-body-form fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole === undefined) return;
        assess.mutate({
          incident: incident.id,
          seen: incident.changedSeq,
          ...whole,
          reason: draft.reason,
        });
      }}
    >
      <ChoiceField
        label="Functional impact now"
        column
        choices={FUNCTIONAL}
        value={draft.functionalImpact}
        onChange={(functionalImpact) => setDraft({ ...draft, functionalImpact })}
      />
      <ChoiceField
        label="Functional impact if it is not contained"
        choices={FUNCTIONAL.map(({ value, label }) => ({ value, label }))}
        value={draft.functionalImpactLikely}
        onChange={(functionalImpactLikely) => setDraft({ ...draft, functionalImpactLikely })}
      />
      <ChoicesField
        label="Information impact"
        hint="Any that apply; none stands alone"
        column
        choices={INFORMATION}
        values={draft.informationImpact}
        onChange={(informationImpact) =>
          setDraft({ ...draft, informationImpact: noneAlone(draft.informationImpact, informationImpact) })
        }
      />
      <ChoiceField
        label="Recoverability"
        column
        choices={RECOVERABILITY}
        value={draft.recoverability}
        onChange={(recoverability) => setDraft({ ...draft, recoverability })}
      />
      <TextField
        label={rating === null ? "How do you know? (optional)" : "What changed? (optional)"}
        value={draft.reason}
        onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
      />
      <Outcome whole={whole} />
      <RefusalNotice fault={assess.error} />
      <Verbs>
        <Button type="submit" weight="primary" disabled={whole === undefined || assess.isPending}>
          Record the rating
        </Button>
      </Verbs>
    </form>
  );
}

type Whole = Pick<
  Rating,
  "functionalImpact" | "functionalImpactLikely" | "informationImpact" | "recoverability"
>;

function Outcome({ whole }: { readonly whole: Whole | undefined }) {
  if (whole === undefined) {
    return (
      <p role="status">
        <PriorityMark priority="unrated" /> <span className="quiet">until all four are answered</span>
      </p>
    );
  }
  const { priority, because } = ratePriority(whole);
  return (
    <p role="status">
      <PriorityMark priority={priority} /> <span className="quiet">because {because}</span>
    </p>
  );
}

function wholeRating(draft: {
  readonly functionalImpact: Rating["functionalImpact"] | undefined;
  readonly functionalImpactLikely: Rating["functionalImpact"] | undefined;
  readonly informationImpact: Information;
  readonly recoverability: Rating["recoverability"] | undefined;
}): Whole | undefined {
  const { functionalImpact, functionalImpactLikely, informationImpact, recoverability } = draft;
  if (functionalImpact === undefined || functionalImpactLikely === undefined) return undefined;
  if (recoverability === undefined || informationImpact.length === 0) return undefined;
  return {
    functionalImpact,
    functionalImpactLikely,
    informationImpact: [...informationImpact],
    recoverability,
  };
}

/** What was picked last wins: `none` takes the others away, and any other takes `none` away. */
function noneAlone(before: Information, after: Information): Information {
  if (!after.includes("none")) return after;
  return before.includes("none") ? after.filter((each) => each !== "none") : ["none"];
}
