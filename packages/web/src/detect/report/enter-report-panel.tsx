import { CLAIM_NAMES, REPORTED_ONGOING_WORDS, SYMPTOM_WORDS } from "@jumpkit/core";
import { Link, useNavigate } from "@tanstack/react-router";
import type { OperationInput } from "../../api/contract.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { ChoiceField, ChoicesField } from "../../ui/choice-field.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";

type Draft = Required<OperationInput<"report.enter">>;

const EMPTY: Draft = {
  claim: "something_wrong",
  what: "",
  symptoms: [],
  systems: "",
  noticed: "",
  ongoing: "unknown",
  name: "",
  contact: "",
  affiliation: "",
};

/** The help desk's form for a caller: what they say goes straight into the queue. */
export function EnterReportPanel() {
  const navigate = useNavigate();
  const [draft, setDraft, discard] = useDraft("report", EMPTY);
  const enter = useChange("report.enter", undefined, discard);
  const leave = () => void navigate({ to: "/reports" });
  useKey("escape", leave);
  if (enter.data) {
    const { code } = enter.data;
    return (
      <Panel title={`${enter.data.number} is in the queue`} onClose={leave}>
        {code === null ? (
          <p>Its follow-up code was told before and is not kept. The caller names the number.</p>
        ) : (
          <>
            <p>Read this code to the caller. With it they follow up at the form, and it is told only now.</p>
            <p className="report-code mono">{code.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
          </>
        )}
        <p>
          {code === null ? null : <CopyButton text={code} label="Copy the code" />}
          <Link
            to="/reports/$report"
            params={{ report: enter.data.report }}
            className={buttonLooks({ weight: "primary" })}
          >
            Open the report
          </Link>
        </p>
      </Panel>
    );
  }
  const complaints = enter.error ? asRefusal(enter.error).complaints : {};
  const text = (field: "name" | "affiliation" | "contact" | "systems" | "noticed") => ({
    value: draft[field],
    error: complaints[field],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ ...draft, [field]: event.currentTarget.value }),
  });
  return (
    <Panel title="Write down a call" onClose={leave}>
      <Form
        verb="Put it into the queue"
        ready={draft.what.trim() !== ""}
        pending={enter.isPending}
        fault={enter.error}
        onSubmit={() => enter.mutate(draft)}
      >
        <ChoiceField
          label="What is it about?"
          column
          choices={choicesOf(CLAIM_NAMES)}
          value={draft.claim}
          onChange={(claim) => setDraft({ ...draft, claim })}
        />
        <TextArea
          label="What do they say?"
          minRows={4}
          value={draft.what}
          error={complaints["what"]}
          onChange={(event) => setDraft({ ...draft, what: event.currentTarget.value })}
        />
        <TextField label="Who calls?" {...text("name")} />
        <TextField label="Of which organisation?" {...text("affiliation")} />
        <TextField
          label="How to call back"
          description="Telephone first; it is not verified"
          {...text("contact")}
        />
        <TextField label="Which systems or addresses?" {...text("systems")} />
        <TextField label="When did they notice it?" description="With their time zone" {...text("noticed")} />
        <ChoiceField
          label="Is it still going on?"
          choices={choicesOf(REPORTED_ONGOING_WORDS)}
          value={draft.ongoing}
          onChange={(ongoing) => setDraft({ ...draft, ongoing })}
        />
        <ChoicesField
          label="Symptoms"
          column
          choices={choicesOf(SYMPTOM_WORDS)}
          values={draft.symptoms ?? []}
          onChange={(symptoms) => setDraft({ ...draft, symptoms: [...symptoms] })}
        />
      </Form>
    </Panel>
  );
}

function choicesOf<Value extends string>(words: Readonly<Record<Value, string>>) {
  return (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));
}
