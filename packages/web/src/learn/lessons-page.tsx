import "../contain/containment-page.css";
import "./learn.css";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { incidentQuery } from "../api/queries.ts";
import { Load } from "../shell/load.tsx";
import { ImprovementSection } from "./improvement-section.tsx";
import { reviewQuery } from "./learn-queries.ts";
import { LogBeside } from "./log-beside.tsx";
import { QuestionList } from "./question-list.tsx";
import { ReviewPlanSection } from "./review-plan-section.tsx";

/** The lessons of one incident: its review, what it answered, what is to be better, and the log beside it. */
export function LessonsPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const { data: incident } = useQuery(incidentQuery(id));
  const answer = useQuery(reviewQuery(id));
  const isOne = incident?.status === "declared" || incident?.status === "closed";
  return (
    <div className="lessons">
      <div className="containment lessons-main">
        {incident !== undefined && !isOne ? (
          <section aria-label="Review">
            <h2>Lessons</h2>
            <p className="quiet">
              {incident.status === "dismissed"
                ? "It was no incident, so it has no lessons."
                : "Once it is declared an incident, its lessons are reviewed here."}
            </p>
          </section>
        ) : (
          <Load answer={answer} label="the review" rows={8}>
            {(review) => (
              <>
                <ReviewPlanSection incident={id} review={review} />
                <QuestionList incident={id} review={review} />
                <ImprovementSection incident={id} />
              </>
            )}
          </Load>
        )}
      </div>
      <LogBeside incident={id} />
    </div>
  );
}
