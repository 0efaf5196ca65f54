import { useQuery } from "@tanstack/react-query";
import { Load } from "../../shell/load.tsx";
import { Moment } from "../../ui/moment.tsx";
import { exerciseOutboxQuery } from "./exercise-queries.ts";

/** What would have left the house: every message to the byte, and every run of a connector. */
export function OutboxSection({ id }: { readonly id: string }) {
  const answer = useQuery(exerciseOutboxQuery(id));
  return (
    <section aria-label="What would have left">
      <h2>What would have left</h2>
      <Load answer={answer} label="what would have left" rows={2}>
        {({ messages, runs }) =>
          messages.length + runs.length === 0 ? (
            <p className="quiet">
              Nothing yet. Messages and runs of connectors stay here; none of them leaves.
            </p>
          ) : (
            <ul className="isolation-list">
              {messages.map((each) => (
                <li key={`${each.subject} ${each.name}`} className="isolation-row">
                  <details>
                    <summary>
                      {each.channel} to {each.name} {each.address === "" ? "" : `(${each.address})`}:{" "}
                      {each.subject}
                    </summary>
                    <pre className="connector-answer">{each.message}</pre>
                  </details>
                  <span className="meta">
                    {each.code}, released by {each.by} <Moment at={each.at} />
                  </span>
                </li>
              ))}
              {runs.map((each) => (
                <li key={`${each.target} ${each.at}`} className="isolation-row">
                  <span>
                    Connector {each.connector} on {each.target}
                  </span>
                  <span className="meta">
                    {each.code}, let loose by {each.by} <Moment at={each.at} />. {each.text}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </section>
  );
}
