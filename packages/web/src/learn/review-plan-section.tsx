import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentIdOf, personIdOf } from "../api/ids.ts";
import { peopleQuery, useNowAnswer } from "../api/queries.ts";
import { useChange } from "../api/use-change.ts";
import { instantIn } from "../prepare/duty/wall-clock.ts";
import { WallClockField } from "../prepare/duty/wall-clock-field.tsx";
import { personChoices } from "../prepare/people/person-choices.ts";
import { Button } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { Moment } from "../ui/moment.tsx";
import { utcText } from "../ui/moment-text.ts";
import { SelectField } from "../ui/select-field.tsx";
import { Tag } from "../ui/tag.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Verbs } from "../ui/verbs.tsx";
import type { Review } from "./learn-queries.ts";

type Of = { readonly incident: string; readonly review: Review };

/** When the review is, who moderates, and whether it was held. */
export function ReviewPlanSection({ incident, review }: Of) {
  const [doing, setDoing] = useState<"plan" | "hold">();
  const done = () => setDoing(undefined);
  const { plan, held } = review;
  return (
    <section aria-label="Review">
      <div className="containment-head">
        <h2>Review</h2>
        {held === null && doing === undefined ? (
          <Verbs>
            <Button weight={plan === null ? "primary" : "plain"} onClick={() => setDoing("plan")}>
              {plan === null ? "Plan the review" : "Plan it anew"}
            </Button>
            {plan === null ? null : (
              <Button weight="primary" onClick={() => setDoing("hold")}>
                It was held
              </Button>
            )}
          </Verbs>
        ) : null}
      </div>
      <Standing review={review} />
      {doing === "plan" ? <PlanForm incident={incident} onDone={done} /> : null}
      {doing === "hold" ? <HoldForm incident={incident} review={review} onDone={done} /> : null}
    </section>
  );
}

function Standing({ review: { major, dueAt, plan, held } }: { readonly review: Review }) {
  if (held !== null) {
    return (
      <>
        <p>
          <Tag tone="ok" shape="check">
            held
          </Tag>{" "}
          <Moment at={held.at} /> <span className="meta">with {held.present.join(", ")}</span>
        </p>
        {held.agreed === "" ? null : <p className="lessons-said">{held.agreed}</p>}
      </>
    );
  }
  return (
    <>
      {plan === null ? (
        <p className="quiet">
          Within a week after an incident ends, those who took part meet with a moderator and answer the
          questions below. Anybody can bring their answers beforehand.
        </p>
      ) : (
        <p>
          <Moment at={plan.meetsAt} />, {plan.place}{" "}
          <span className="meta">moderated by {plan.moderatorName}</span>
        </p>
      )}
      {major ? (
        <p>
          <Tag tone="warn" shape="half">
            major incident
          </Tag>{" "}
          It cannot be closed before its review was held.
        </p>
      ) : null}
      {dueAt === null ? null : (
        <p>
          To be held by <Moment at={dueAt} />
        </p>
      )}
    </>
  );
}

type FormOf = { readonly incident: string; readonly onDone: () => void };

function PlanForm({ incident, onDone }: FormOf) {
  const { zone } = useNowAnswer().person;
  const { data: people = [] } = useQuery(peopleQuery);
  const [said, setSaid] = useState({ moderator: "", wall: "", place: "" });
  const plan = useChange("review.plan", "incident", onDone);
  const meetsAt = instantIn(said.wall, zone);
  return (
    <Form
      verb="Plan the review"
      ready={said.moderator !== "" && meetsAt !== undefined && said.place.trim() !== ""}
      pending={plan.isPending}
      fault={plan.error}
      says={meetsAt === undefined ? undefined : utcText(meetsAt)}
      onCancel={onDone}
      onSubmit={() => {
        if (meetsAt === undefined) return;
        const { moderator, place } = said;
        plan.mutate({ incident: incidentIdOf(incident), moderator: personIdOf(moderator), meetsAt, place });
      }}
    >
      <SelectField
        label="Moderator"
        description="Best somebody skilled in it who did not lead"
        data={personChoices(people)}
        value={said.moderator === "" ? null : said.moderator}
        onChange={(moderator) => setSaid({ ...said, moderator: moderator ?? "" })}
      />
      <WallClockField
        label="When"
        description={`On the clocks of ${zone}`}
        value={said.wall}
        onChange={(wall) => setSaid({ ...said, wall })}
      />
      <TextField
        label="Where"
        description="A room, or how to dial in"
        value={said.place}
        onChange={(event) => setSaid({ ...said, place: event.currentTarget.value })}
      />
    </Form>
  );
}

function HoldForm({ incident, review, onDone }: FormOf & { readonly review: Review }) {
  const { zone } = useNowAnswer().person;
  const [said, setSaid] = useState({ wall: "", present: "", agreed: "" });
  const hold = useChange("review.hold", "incident", onDone);
  const heldAt = instantIn(said.wall, zone);
  const present = said.present.split(/[\n,;]/).flatMap((name) => name.trim() || []);
  const missing = review.questions.length - review.answers.length;
  return (
    <Form
      verb="The review was held"
      ready={heldAt !== undefined && present.length > 0 && missing === 0}
      pending={hold.isPending}
      fault={hold.error}
      says={
        missing === 0
          ? "Answers can still be amended afterwards."
          : `${missing} of ${review.questions.length} questions have no answer yet.`
      }
      onCancel={onDone}
      onSubmit={() => {
        if (heldAt === undefined) return;
        hold.mutate({ incident: incidentIdOf(incident), heldAt, present, agreed: said.agreed });
      }}
    >
      <WallClockField
        label="When"
        description={`On the clocks of ${zone}`}
        value={said.wall}
        onChange={(wall) => setSaid({ ...said, wall })}
      />
      <TextArea
        label="Who was there"
        description="Names, separated by commas or lines"
        value={said.present}
        onChange={(event) => setSaid({ ...said, present: event.currentTarget.value })}
      />
      <TextArea
        label="What was agreed"
        description="For those who could not be there"
        value={said.agreed}
        onChange={(event) => setSaid({ ...said, agreed: event.currentTarget.value })}
      />
    </Form>
  );
}
