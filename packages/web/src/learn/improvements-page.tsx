import "../contain/containment-page.css";
import "./learn.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Load } from "../shell/load.tsx";
import { buttonLooks } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { ImprovementList } from "./improvement-list.tsx";
import { improvementsQuery } from "./learn-queries.ts";

/** What incidents taught us to do better: with whom, by when, and what became of it. */
export function ImprovementsPage() {
  const [ended, setEnded] = useState(false);
  const answer = useQuery(improvementsQuery(ended ? "done,dropped" : "open"));
  return (
    <>
      <PageHead title="Improvements" under="What incidents taught us, until it is done.">
        <Link to="/measures" className={buttonLooks({ weight: "plain" })}>
          Metrics
        </Link>
        <Toggle on={ended} onPress={() => setEnded(!ended)}>
          Done and dropped
        </Toggle>
      </PageHead>
      <Load answer={answer} label="the improvements" rows={6}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={ended ? "Nothing has ended yet" : "Nothing is open"}>
              A review of an incident proposes improvements under its lessons. Each has one owner and a day.
            </EmptyState>
          ) : (
            <div className="containment">
              <ImprovementList items={items} withCode />
            </div>
          )
        }
      </Load>
    </>
  );
}
