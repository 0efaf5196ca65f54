import { Moment } from "../../ui/moment.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { Isolation } from "../contain-queries.ts";
import { runState } from "./words.ts";

/** Every run of a connector on this isolation, the latest first, with what it answered as plain text. */
export function ConnectorRuns({ runs }: { readonly runs: Isolation["runs"] }) {
  if (runs.length === 0) return null;
  return (
    <section className="panel-section" aria-label="Runs of connectors" aria-live="polite">
      <h3>Runs of connectors</h3>
      <ul className="connector-runs">
        {runs.toReversed().map(({ run, connector, outcome, askedAt, by, text }) => {
          const { word, tone, shape } = runState(outcome);
          return (
            <li key={run}>
              <div>
                <Tag tone={tone} shape={shape}>
                  {word}
                </Tag>
                <b>{connector}</b>
                <span className="meta">
                  {by}, <Moment at={askedAt} />
                </span>
              </div>
              {outcome === null ? <p className="meta">The server runs it; its answer appears here.</p> : null}
              {text === "" ? null : <pre className="connector-answer">{text}</pre>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
