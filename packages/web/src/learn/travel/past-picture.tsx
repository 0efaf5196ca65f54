import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { AsItStood } from "./travel-queries.ts";
import { type Difference, GROUPS, type Group, sentencesOf, valueWords } from "./travel-words.ts";

type Picture = NonNullable<AsItStood["picture"]>;
type Row = Picture["rows"][Group][number];

/** The facts of the incident then, thing by thing, under what is different now. */
export function PastPicture({ stood }: { readonly stood: AsItStood }) {
  const { picture, differences } = stood;
  if (picture === null) {
    return (
      <Panel title="Not reported yet">
        <p className="quiet">The log held nothing of this incident then. Its first entry came later.</p>
      </Panel>
    );
  }
  const { facts, rows } = picture;
  return (
    <Panel title={facts.title}>
      <section className="panel-section" aria-label="Then">
        <h3>Then</h3>
        <PriorityMark priority={priorityOf(facts.priority)} />
        <Facts
          of={[
            ["Status", valueWords("Status", facts.status)],
            ["Because", facts.because],
            ["Lead", facts.lead === "" ? "nobody" : facts.lead],
            ["Team", facts.team],
            ["Marking", facts.tlp],
            ["Came in by", valueWords("Came in by", facts.vector)],
            ["From", valueWords("From", facts.origin)],
            ["Going on", facts.ongoing],
          ]}
        />
        <p className="prose pre">{facts.description}</p>
      </section>
      <section className="panel-section" aria-label="Different now">
        <h3>Different now</h3>
        {differences.length === 0 ? (
          <p className="quiet">Nothing: this is how it stands now.</p>
        ) : (
          <ul className="past-list">
            {differences.map((each) => (
              <li key={`${each.group} ${each.id}`}>
                <Told difference={each} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {GROUP_ORDER.map((group) =>
        rows[group].length === 0 ? null : <Things key={group} group={group} rows={rows[group]} />,
      )}
    </Panel>
  );
}

const GROUP_ORDER = Object.keys(GROUPS) as Group[];

function Things({ group, rows }: { readonly group: Group; readonly rows: readonly Row[] }) {
  return (
    <section className="panel-section" aria-label={GROUPS[group][1]}>
      <h3>{GROUPS[group][1]}</h3>
      <ul className="past-list">
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <span className="name">{row.name}</span>{" "}
              <Tag>{valueWords("State", row.facts["Stage"] ?? row.facts["State"] ?? "")}</Tag>
            </p>
            <p className="meta">{group === "host" ? gatesOf(row) : factsOf(row)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf({ facts }: Row): string {
  return Object.entries(facts)
    .filter(([what, value]) => what !== "State" && value !== "")
    .map(([what, value]) => `${what}: ${valueWords(what, value)}`)
    .join(" · ");
}

/** Which steps and gates were still open: what stood between the host and the network. */
function gatesOf({ facts }: Row): string {
  const steps = Object.entries(facts).filter(([what]) => what !== "Stage");
  const open = steps.filter(([, state]) => state === "open" || state === "working" || state === "asked");
  if (open.length === 0) return "Nothing left to prove";
  return `${steps.length - open.length} of ${steps.length} steps and gates settled; open: ${open
    .map(([what]) => what.toLowerCase())
    .join(", ")}`;
}

const HOW_WORDS = { changed: "", new: " came since", gone: " is no longer part of it" } as const;

function Told({ difference: { group, name, how, changes } }: { readonly difference: Difference }) {
  const what = group === "incident" ? "The incident" : `${GROUPS[group][0]} ${name}`;
  return (
    <>
      <p className="name">
        {what}
        {HOW_WORDS[how]}
      </p>
      {sentencesOf(changes).map((sentence) => (
        <p key={sentence} className="meta">
          {sentence}
        </p>
      ))}
    </>
  );
}

function priorityOf(text: string): "critical" | "high" | "medium" | "low" | "unrated" {
  return text === "critical" || text === "high" || text === "medium" || text === "low" ? text : "unrated";
}
