import { Link } from "@tanstack/react-router";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { useSourcesSentence } from "./source-names.ts";
import type { TriageFilter } from "./triage-filter.ts";

/** What an empty queue means: that nothing waits, or that nothing fits. */
export function QueueEmpty({
  filter,
  state,
}: {
  readonly filter: TriageFilter;
  readonly state: { readonly lastAt: string | null; readonly snoozed: number } | undefined;
}) {
  const sources = useSourcesSentence();
  const filtered = Object.values(filter).some((value) => value !== undefined);
  if (filtered) {
    return (
      <EmptyState
        title="No sign fits these filters"
        verb={
          <Link to="/triage" className={buttonLooks({})}>
            Show what waits
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState title="Nothing waits">
      {state?.lastAt ? `Last sign ${utcText(state.lastAt)}.` : "No sign has come in yet."}
      {state && state.snoozed > 0 ? ` ${state.snoozed} snoozed.` : ""} {sources}
    </EmptyState>
  );
}
