import "./past-page.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { entriesQuery } from "../../document/log/entries.ts";
import { ItemNumbers, useNumbersOfItems } from "../../document/log/item-numbers.ts";
import { LogList } from "../../document/log/log-list.tsx";
import { logRows } from "../../document/log/log-rows.ts";
import { Load } from "../../shell/load.tsx";
import { usePageTitle } from "../../ui/page-title.ts";
import { PastBar } from "./past-bar.tsx";
import { PastPicture } from "./past-picture.tsx";
import { asItStoodQuery, type Place } from "./travel-queries.ts";

/** An incident as its log said it was: its log up to there, the picture, what is different now. No verbs. */
export function PastPage({ id, at }: { readonly id: string; readonly at: Place }) {
  const answer = useQuery(asItStoodQuery(id, at));
  const client = useQueryClient();
  const entries = useQuery(entriesQuery(client, id));
  const numberOf = useNumbersOfItems(id);
  const seq = answer.data?.entry?.incidentSeq ?? 0;
  const rows = useMemo(() => {
    const by = (entries.data ?? []).filter(({ incidentSeq }) => incidentSeq <= seq);
    return logRows(by, { shows: "all", order: "recorded" });
  }, [entries.data, seq]);
  usePageTitle(answer.data ? `${answer.data.code} as it stood` : "As it stood");
  return (
    <ItemNumbers value={numberOf}>
      <h1 className="unseen on-paper">{answer.data ? `${answer.data.code} as it stood` : "As it stood"}</h1>
      <Load answer={answer} label="how the incident stood" rows={12}>
        {(stood) => (
          <div className="past">
            <PastBar id={id} stood={stood} />
            <div className="past-body">
              <section className="past-log" aria-label="Handling log up to then">
                <LogList incident={id} rows={rows} chosen={-1} atEnd />
              </section>
              <div className="past-side">
                <PastPicture stood={stood} />
              </div>
            </div>
          </div>
        )}
      </Load>
    </ItemNumbers>
  );
}
