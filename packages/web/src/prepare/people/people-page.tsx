import "../../ui/table.css";
import "./people-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useNavigate } from "@tanstack/react-router";
import type { Person } from "../../api/contract.ts";
import { peopleQuery, useMay } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { useNow } from "../../shell/now.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { localClock } from "../../ui/moment-text.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { ROLE_WORDS } from "./role-words.ts";

/** Everybody in the organisation: whom to ring, what time it is there, which part they have. */
export function PeoplePage() {
  const answer = useQuery(peopleQuery);
  const open = useMatchRoute()({ to: "/people" }) === false;
  const mayManage = useMay("people.manage");
  return (
    <Side panel={open ? <Outlet /> : null}>
      <PageHead title="People" under="Whom to ring, and what each of them may do.">
        {mayManage ? (
          <Link to="/people/add" className={buttonLooks({ weight: open ? "quiet" : "primary" })}>
            Add a person
          </Link>
        ) : null}
      </PageHead>
      <Load answer={answer} label="people" rows={8}>
        {(people) => <PeopleTable people={people} />}
      </Load>
    </Side>
  );
}

function PeopleTable({ people }: { readonly people: readonly Person[] }) {
  const navigate = useNavigate();
  const now = useNow();
  const chosen = useListKeys(people.length, (at) => {
    const person = people[at];
    if (person) void navigate({ to: "/people/$person", params: { person: person.id } });
  });
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Title</th>
            <th scope="col">Phone</th>
            <th scope="col">There it is</th>
            <th scope="col">Roles</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person, at) => (
            <tr key={person.id} aria-selected={at === chosen}>
              <td>
                <Link to="/people/$person" params={{ person: person.id }}>
                  {person.name}
                </Link>
                {person.status === "inactive" ? <span className="person-status"> · access ended</span> : null}
              </td>
              <td>{person.title}</td>
              <td>
                <a href={`tel:${person.phone.replace(/[^+\d]/g, "")}`} className="mono">
                  {person.phone}
                </a>
              </td>
              <td>
                <span className="mono">{localClock(now, person.zone)}</span>{" "}
                <span className="meta">{person.zone}</span>
              </td>
              <td>
                {person.roles.map((role) => ROLE_WORDS[role]).join(", ")}
                {person.borrowed.map(({ delegation, role, lenderName, untilAt }) => (
                  <span key={delegation} className="person-acting">
                    {ROLE_WORDS[role]} for {lenderName} until <Moment at={untilAt} utcOnly />
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
