import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Person } from "../../api/contract.ts";
import { peopleQuery, useMay } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Delegations } from "../delegation/delegations.tsx";
import { AccessForm } from "./access-form.tsx";
import { DetailsForm } from "./details-form.tsx";
import { ROLE_WORDS } from "./role-words.ts";
import { RolesForm } from "./roles-form.tsx";

/** One person: how to reach them, and for those who may, how to change it. */
export function PersonPanel() {
  const { person: id } = useParams({ from: "/in/people/$person" });
  const navigate = useNavigate();
  const answer = useQuery(peopleQuery);
  const mayManage = useMay("people.manage");
  const leave = () => void navigate({ to: "/people" });
  useKey("escape", leave);
  return (
    <Load answer={answer} label="the person">
      {(people) => {
        const person = people.find((each) => each.id === id);
        if (person === undefined) {
          return (
            <Panel title="Nobody by this id" onClose={leave}>
              <p className="quiet">There is no such person.</p>
            </Panel>
          );
        }
        return (
          <Panel title={person.name} onClose={leave}>
            {mayManage ? <Forms person={person} /> : <About person={person} />}
            <Delegations person={person} />
          </Panel>
        );
      }}
    </Load>
  );
}

function About({ person }: { readonly person: Person }) {
  return (
    <Facts
      of={[
        ["Title", person.title],
        ["Phone", person.phone],
        ["Mail", person.email],
        ["Zone", person.zone],
        ["Roles", person.roles.map((role) => ROLE_WORDS[role]).join(", ")],
        ["Access", person.status === "active" ? "active" : "ended"],
      ]}
    />
  );
}

function Forms({ person }: { readonly person: Person }) {
  return (
    <>
      <DetailsForm key={`details ${person.changedSeq}`} person={person} />
      <RolesForm key={`roles ${person.changedSeq}`} person={person} />
      <AccessForm person={person} />
    </>
  );
}
