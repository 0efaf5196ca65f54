import { useQuery } from "@tanstack/react-query";
import { utcText } from "../../ui/moment-text.ts";
import { copyFetchesQuery, type MasterCopy } from "./master-copy-queries.ts";

const SHOWN = 8;

/** Who asked for a master copy, and what for. */
export function CopyFetches({ copy }: { readonly copy: MasterCopy }) {
  const { data } = useQuery(copyFetchesQuery(copy.id));
  if (data === undefined || copy.approval === null) return null;
  return (
    <section className="panel-section" aria-label="Fetched by">
      <h3>Fetched by</h3>
      {data.length === 0 ? <p className="quiet">Nobody has fetched it.</p> : null}
      <ul className="fact-items">
        {data.slice(0, SHOWN).map(({ by, at, purpose }) => (
          <li key={`${at} ${by} ${purpose}`}>{`${utcText(at)} ${by}: ${purpose}`}</li>
        ))}
      </ul>
      {data.length > SHOWN ? <p className="meta">and {data.length - SHOWN} more before</p> : null}
    </section>
  );
}
