import "./declare-page.css";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import type { Incident } from "../../api/contract.ts";
import { exerciseIdOf } from "../../api/ids.ts";
import { useMay, useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Keys } from "../../ui/keys.tsx";
import { usePageTitle } from "../../ui/page-title.ts";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { ONGOING } from "../incident/words.ts";
import { ByDeclaring } from "./by-declaring.tsx";
import { EMPTY_MORE, MoreFields } from "./more-fields.tsx";

const EMPTY = { what: "", ongoing: undefined as Incident["ongoing"] | undefined, more: EMPTY_MORE };

/** Two questions, and it is an incident. Everything else can wait, and the draft survives anything. */
export function DeclarePage() {
  usePageTitle("Declare an incident");
  const now = useNowAnswer();
  const navigate = useNavigate();
  const router = useRouter();
  const { exercise } = useSearch({ from: "/in/declare" });
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft, discard] = useDraft(
    exercise === undefined ? "declare" : `declare.${exercise}`,
    EMPTY,
  );
  const done = async ({ incident }: { readonly incident: string }) => {
    discard();
    await navigate({ to: "/incidents/$incident", params: { incident } });
  };
  const open = useChange("incident.open", undefined, done);
  const report = useChange("incident.report", undefined, done);
  const mayDeclare = useMay("incident.declare");
  const attempt = mayDeclare ? open : report;
  const ready = draft.what.trim() !== "" && draft.ongoing !== undefined;
  const submit = () => {
    if (draft.ongoing === undefined || draft.what.trim() === "" || attempt.isPending) return;
    const { lead, reportedBy, policyClause, ...rest } = draft.more;
    const sighting = {
      what: draft.what,
      ongoing: draft.ongoing,
      ...rest,
      ...(reportedBy.trim() === "" ? {} : { reportedBy }),
      ...(exercise === undefined ? {} : { exercise: exerciseIdOf(exercise) }),
    };
    if (mayDeclare) open.mutate({ ...sighting, lead: lead === "" ? null : lead, policyClause });
    else report.mutate(sighting);
  };
  useKey("ctrl+enter", submit);
  useKey("escape", () => router.history.back());
  return (
    <div className="declare">
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div>
          <h1>{mayDeclare ? "Declare an incident" : "Report an incident"}</h1>
          <p className="quiet">
            {exercise === undefined
              ? "Nobody has to be sure. It can be dismissed later with a reason."
              : "It is played in the exercise: nothing of it leaves the house, and nothing of it counts."}
          </p>
        </div>
        <TextArea
          label="What do you see?"
          description="The first line becomes the title."
          minRows={4}
          autoFocus
          required
          withAsterisk={false}
          value={draft.what}
          error={attempt.error ? asRefusal(attempt.error).complaints["what"] : undefined}
          onChange={(event) => setDraft({ ...draft, what: event.currentTarget.value })}
        />
        <ChoiceField
          label="Is it still going on?"
          choices={ONGOING}
          value={draft.ongoing}
          onChange={(ongoing) => setDraft({ ...draft, ongoing })}
        />
        <MoreFields
          value={draft.more}
          onChange={(more) => setDraft({ ...draft, more })}
          withLead={mayDeclare}
        />
        <RefusalNotice fault={attempt.error} />
        <Verbs>
          <Button type="submit" weight="primary" large disabled={!ready || attempt.isPending}>
            {mayDeclare ? "Declare it" : "Report it"}
          </Button>
          <Keys of="Ctrl Enter" />
          <span className="meta">
            {ready ? "What you typed is kept in this browser until then." : "Answer both questions."}
          </span>
        </Verbs>
      </form>
      <ByDeclaring may={now.may} mayDeclare={mayDeclare} />
    </div>
  );
}
