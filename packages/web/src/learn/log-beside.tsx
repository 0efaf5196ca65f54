import { entrySentence } from "@jumpkit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { entriesQuery } from "../document/log/entries.ts";
import { utcText } from "../ui/moment-text.ts";

/** The handling log, oldest first, to read along in a review; each entry leads to its own place. */
export function LogBeside({ incident }: { readonly incident: string }) {
  const client = useQueryClient();
  const { data: entries = [] } = useQuery(entriesQuery(client, incident));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="lessons-log" aria-label="Handling log" tabIndex={0}>
      <h2>Handling log</h2>
      <ol>
        {entries.map((entry) => (
          <li key={entry.incidentSeq}>
            <Link
              to="/incidents/$incident/entries/$entry"
              params={{ incident, entry: String(entry.incidentSeq) }}
              className="meta"
            >
              {utcText(entry.happenedAt)}
            </Link>
            <span className="meta">{entry.actor?.name ?? "(withheld)"}</span>
            <span className="lessons-said">{entrySentence(entry)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
