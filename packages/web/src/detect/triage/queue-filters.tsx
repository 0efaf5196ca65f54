import { Link, useNavigate } from "@tanstack/react-router";
import { SearchField } from "../../shell/search-field.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import type { SignRow } from "./triage-answers.ts";
import { TRIAGE_STATUSES, type TriageFilter } from "./triage-filter.ts";
import { STATUS_WORDS } from "./triage-words.ts";

const KINDS = [
  { value: "indicator", label: "Indicators" },
  { value: "precursor", label: "Precursors" },
] as const;

/** What the queue shows; all of it stands in the address. */
export function QueueFilters({
  filter,
  signs,
  nameOfSource,
}: {
  readonly filter: TriageFilter;
  readonly signs: readonly SignRow[];
  readonly nameOfSource: (id: string) => string;
}) {
  const navigate = useNavigate();
  const look = (part: TriageFilter) =>
    void navigate({ to: "/triage", search: { ...filter, ...part }, replace: true });
  const sources = valuesOf(signs, filter.source, ({ source }) => source);
  const constituents = valuesOf(signs, filter.constituent, ({ constituent }) => constituent);
  const teams = valuesOf(signs, filter.team, ({ team }) => team);
  return (
    <search className="queue-filters">
      <SearchField label="Words of the sign" text={filter.text} onLook={(text) => look({ text })} />
      <nav className="filter-row" aria-label="Status">
        {TRIAGE_STATUSES.map((status) => (
          <Link
            key={status}
            to="/triage"
            search={{ ...filter, status: status === "waiting" ? undefined : status }}
            className={(filter.status ?? "waiting") === status ? "filter-link active" : "filter-link"}
            activeProps={{}}
            aria-current={(filter.status ?? "waiting") === status ? "true" : undefined}
          >
            {STATUS_WORDS[status]}
          </Link>
        ))}
      </nav>
      <div className="queue-selects">
        <PlainSelect
          label="Kind"
          hidden
          empty="Any kind"
          choices={KINDS}
          value={filter.kind}
          onChange={(kind) => look({ kind })}
        />
        {sources.length > 0 ? (
          <PlainSelect
            label="Source"
            hidden
            empty="Any source"
            choices={sources.map((value) => ({ value, label: nameOfSource(value) }))}
            value={filter.source}
            onChange={(source) => look({ source })}
          />
        ) : null}
        {constituents.length > 0 ? (
          <PlainSelect
            label="Constituent"
            hidden
            empty="Any constituent"
            choices={constituents.map((value) => ({ value, label: value }))}
            value={filter.constituent}
            onChange={(constituent) => look({ constituent })}
          />
        ) : null}
        {teams.length > 0 ? (
          <PlainSelect
            label="Team"
            hidden
            empty="Any team"
            choices={teams.map((value) => ({ value, label: value }))}
            value={filter.team}
            onChange={(team) => look({ team })}
          />
        ) : null}
      </div>
    </search>
  );
}

/** The different values among the signs that are shown, and the one that is filtered by. */
function valuesOf(
  signs: readonly SignRow[],
  filtered: string | undefined,
  of: (sign: SignRow) => string | null,
): readonly string[] {
  const values = new Set(signs.flatMap((sign) => of(sign) ?? []));
  if (filtered !== undefined) values.add(filtered);
  return [...values].sort();
}
