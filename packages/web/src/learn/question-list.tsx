import { useState } from "react";
import { incidentIdOf } from "../api/ids.ts";
import { useChange } from "../api/use-change.ts";
import { useDraft } from "../shell/draft.ts";
import { Button } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { utcText } from "../ui/moment-text.ts";
import { TextArea } from "../ui/text-area.tsx";
import type { Review } from "./learn-queries.ts";

type Question = Review["questions"][number];
type Of = { readonly incident: string; readonly review: Review };

/** The questions of the review with what people brought to each and what the meeting answered. */
export function QuestionList({ incident, review }: Of) {
  return (
    <section aria-label="Questions">
      <h2>
        Questions{" "}
        <span className="meta">
          {review.answers.length} of {review.questions.length} answered
        </span>
      </h2>
      <ol className="lessons-questions">
        {review.questions.map((question) => (
          <QuestionRow key={question.id} incident={incident} review={review} question={question} />
        ))}
      </ol>
    </section>
  );
}

function QuestionRow({ incident, review, question }: Of & { readonly question: Question }) {
  const [doing, setDoing] = useState<"input" | "answer">();
  const answer = review.answers.find((each) => each.question === question.id);
  const inputs = review.inputs.filter((each) => each.question === question.id);
  return (
    <li>
      <h3>{question.text}</h3>
      {inputs.map((input) => (
        <blockquote key={`${input.at} ${input.by} ${input.text}`} className="lessons-input">
          <span className="lessons-said">{input.text}</span>{" "}
          <span className="meta">
            {input.by}, {utcText(input.at)}
          </span>
        </blockquote>
      ))}
      {answer === undefined ? null : (
        <p>
          <span className="lessons-said">{answer.text}</span>{" "}
          <span className="meta">
            answered, {answer.by}, {utcText(answer.at)}
          </span>
        </p>
      )}
      {doing === undefined ? (
        <div className="lessons-verbs">
          {review.held === null ? (
            <Button
              weight="plain"
              onClick={() => setDoing("input")}
              aria-label={`Bring something: ${question.text}`}
            >
              Bring something
            </Button>
          ) : null}
          <Button
            weight="plain"
            onClick={() => setDoing("answer")}
            aria-label={`${answer === undefined ? "Answer" : "Amend the answer"}: ${question.text}`}
          >
            {answer === undefined ? "Answer" : "Amend the answer"}
          </Button>
        </div>
      ) : (
        <SayForm
          key={doing}
          {...{ incident, question, doing }}
          before={doing === "answer" ? (answer?.text ?? "") : ""}
          onDone={() => setDoing(undefined)}
        />
      )}
    </li>
  );
}

function SayForm({
  incident,
  question,
  doing,
  before,
  onDone,
}: {
  readonly incident: string;
  readonly question: Question;
  readonly doing: "input" | "answer";
  readonly before: string;
  readonly onDone: () => void;
}) {
  const [draft, setDraft, discard] = useDraft(`review.${doing}.${incident}.${question.id}`, { text: before });
  const done = () => {
    discard();
    onDone();
  };
  const give = useChange("review.give_input", "incident", done);
  const answer = useChange("review.answer", "incident", done);
  const change = doing === "input" ? give : answer;
  return (
    <Form
      verb={doing === "input" ? "Bring it to the review" : "This is the answer"}
      ready={draft.text.trim() !== ""}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={() =>
        change.mutate({ incident: incidentIdOf(incident), question: question.id, text: draft.text })
      }
    >
      <TextArea
        label={doing === "input" ? "What you bring" : "Answer"}
        description={
          doing === "answer" ? "That there is nothing to say is an answer too" : "It stands under your name"
        }
        value={draft.text}
        onChange={(event) => setDraft({ text: event.currentTarget.value })}
      />
    </Form>
  );
}
