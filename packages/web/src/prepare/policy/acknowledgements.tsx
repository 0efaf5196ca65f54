import { useQuery } from "@tanstack/react-query";
import type { Policy } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";
import { Digest } from "../../ui/digest.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";

/** Who has acknowledged the policy in force, and who has not: those first, because they are the work left. */
export function Acknowledgements({ policy }: { readonly policy: Policy | null }) {
  const { data } = useQuery(peopleQuery);
  if (policy === null) {
    return (
      <Panel title="Clause">
        <p className="quiet">Choose a line to read its clause and who it lets act.</p>
      </Panel>
    );
  }
  const people = (data ?? []).filter((person) => person.status === "active");
  const at = new Map<string, string>(policy.acknowledgedBy.map((each) => [each.person, each.at]));
  const missing = people.filter((person) => !at.has(person.id));
  const read = people.filter((person) => at.has(person.id));
  return (
    <Panel title="Read by">
      <section className="panel-section" aria-label="Not yet">
        <h3>Not yet: {missing.length === 0 ? "nobody" : missing.length}</h3>
        <ul>
          {missing.map((person) => (
            <li key={person.id}>
              {person.name} <span className="meta">· {person.phone}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel-section" aria-label="Acknowledged">
        <h3>Acknowledged: {read.length}</h3>
        <ul className="fact-items">
          {read.map((person) => (
            <li key={person.id}>
              <span className="cut">{person.name}</span>
              <Moment at={at.get(person.id) ?? ""} utcOnly />
            </li>
          ))}
        </ul>
      </section>
      <Facts of={[["Digest", <Digest key="d" value={policy.digest} label="the policy's digest" />]]} />
      <p className="meta">Choose a line of the table to read its clause.</p>
    </Panel>
  );
}
