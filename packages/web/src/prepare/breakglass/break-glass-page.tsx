import "./break-glass.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { type BreakGlass, breakGlassQuery } from "./break-glass-queries.ts";

/** Where the glass was broken: what was taken, why, what was done with it, and the review that it needs. */
export function BreakGlassPage() {
  const answer = useQuery(breakGlassQuery);
  return (
    <>
      <PageHead
        title="Broken glass"
        under="Who took authority that needs consent answers for it. Somebody else says whether it was justified."
      />
      <Load answer={answer} label="broken glass" rows={3}>
        {({ items, reviews }) => (
          <div className="break-glass-list">
            {items.length === 0 ? (
              <EmptyState title="Nothing waits for a review">
                Where the policy allows it, a handler whom nobody can give consent in time breaks the glass,
                says why, and acts. It stands here until a manager has reviewed it.
              </EmptyState>
            ) : (
              items.map((glass) => <One key={glass.id} glass={glass} reviews={reviews} />)
            )}
          </div>
        )}
      </Load>
    </>
  );
}

function One({ glass, reviews }: { readonly glass: BreakGlass; readonly reviews: boolean }) {
  return (
    <section className="break-glass-one" aria-label={`${glass.name}: ${glass.title}`}>
      <h2>
        {glass.title}{" "}
        {glass.broken ? (
          <Tag tone="warn" shape="half">
            open still
          </Tag>
        ) : null}
      </h2>
      <Facts
        of={[
          ["By", glass.name],
          ["Why", glass.reason],
          [
            "In",
            <Link key="in" to="/incidents/$incident" params={{ incident: glass.incident }}>
              {glass.incidentCode}
            </Link>,
          ],
          ["From", <Moment key="from" at={glass.openedAt} />],
          ["Until", <Moment key="until" at={glass.expiresAt} />],
          ["The policy says", glass.clause],
          ["What was done with it", <Uses key="uses" glass={glass} />],
        ]}
      />
      {reviews && !glass.mine ? <Review glass={glass} /> : null}
      {glass.mine ? <p className="quiet">Somebody else has to review it.</p> : null}
    </section>
  );
}

function Uses({ glass: { uses } }: { readonly glass: BreakGlass }) {
  if (uses.length === 0) return <span className="quiet">nothing yet</span>;
  return (
    <ul className="break-glass-uses">
      {uses.map((use) => (
        <li key={`${use.at} ${use.operation}`}>
          <code>{use.operation}</code> <Moment at={use.at} />
        </li>
      ))}
    </ul>
  );
}

const VERDICTS = [
  { value: "justified", label: "It was justified" },
  { value: "not_justified", label: "It was not" },
] as const;

function Review({ glass }: { readonly glass: BreakGlass }) {
  const [verdict, setVerdict] = useState<"justified" | "not_justified">();
  const [text, setText] = useState("");
  const review = useChange("breakglass.review", "breakglass");
  return (
    <Form
      verb="Record the review"
      ready={verdict !== undefined && text.trim() !== ""}
      pending={review.isPending}
      fault={review.error}
      onSubmit={() => verdict && review.mutate({ breakglass: glass.id, verdict, text })}
    >
      <ChoiceField label="Your verdict" choices={VERDICTS} value={verdict} onChange={setVerdict} />
      <TextArea
        label="What you found, and what follows from it"
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Form>
  );
}
