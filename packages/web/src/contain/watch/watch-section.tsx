import { intervalText } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { Tag } from "../../ui/tag.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { type Watch, watchQuery } from "../contain-queries.ts";
import { PlanForm } from "./plan-form.tsx";

/** How an incident is watched: the plan, who looked and what was found, and the next look. */
export function WatchSection({ incident, open }: { readonly incident: string; readonly open: boolean }) {
  const answer = useQuery(watchQuery(incident));
  const [planning, setPlanning] = useState(false);
  return (
    <section aria-label="Watch">
      <div className="containment-head">
        <h2>Watch</h2>
        {open && !planning ? <Button onClick={() => setPlanning(true)}>Change the plan</Button> : null}
      </div>
      <Load answer={answer} label="the watch" rows={3}>
        {(watch) => (
          <>
            {planning ? (
              <PlanForm incident={incident} watch={watch} onDone={() => setPlanning(false)} />
            ) : (
              <Plan watch={watch} open={open} />
            )}
            {open && !planning ? <CheckInForm incident={incident} /> : null}
            <CheckIns watch={watch} />
          </>
        )}
      </Load>
    </section>
  );
}

function Plan({ watch, open }: { readonly watch: Watch; readonly open: boolean }) {
  const { missedCount, dueAt } = watch;
  return (
    <>
      {missedCount > 0 ? (
        <div>
          <Tag tone="critical" shape="triangle">
            {missedCount === 1 ? "One check-in was missed" : `${missedCount} check-ins were missed`}
          </Tag>
        </div>
      ) : null}
      <Facts
        of={[
          ["What", watch.what],
          ["How often", `every ${intervalText(watch.everyMinutes)}`],
          ["Who", watch.whoName || "whoever leads"],
          ["Next look", open && dueAt !== null ? <Moment key="d" at={dueAt} /> : ""],
          ["Plan", watch.plannedAt === null ? "the one that ships; nobody has made another" : ""],
        ]}
      />
    </>
  );
}

function CheckInForm({ incident }: { readonly incident: string }) {
  const [draft, setDraft, discard] = useDraft(`watch.${incident}`, {
    found: "nothing" as "nothing" | "something",
    text: "",
  });
  const checkIn = useChange("watch.check_in", "incident", discard);
  return (
    <Form
      verb="I have looked"
      ready={draft.found === "nothing" || draft.text.trim() !== ""}
      pending={checkIn.isPending}
      fault={checkIn.error}
      onSubmit={() => checkIn.mutate({ incident: incidentIdOf(incident), ...draft })}
    >
      <ChoiceField
        label="I found"
        value={draft.found}
        choices={[
          { value: "nothing", label: "Nothing" },
          { value: "something", label: "Something" },
        ]}
        onChange={(found) => setDraft({ ...draft, found })}
      />
      <TextArea
        label={draft.found === "nothing" ? "What I looked at" : "What I found"}
        minRows={1}
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
      />
    </Form>
  );
}

function CheckIns({ watch }: { readonly watch: Watch }) {
  if (watch.checkIns.length === 0) return <p className="quiet">Nobody has looked yet.</p>;
  return (
    <ol className="check-ins" aria-label="Check-ins, newest first">
      {watch.checkIns.map((look) => (
        <li key={`${look.at} ${look.by}`}>
          <span className="meta mono">{utcText(look.at)}</span>
          <span>
            {look.by} found {look.found}
            {look.text ? `: ${look.text}` : ""}
          </span>
        </li>
      ))}
    </ol>
  );
}
