import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { peopleQuery, useMay } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { ChoiceField, ChoicesField } from "../../ui/choice-field.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import {
  type Constituent,
  constituentsQuery,
  type Segment,
  segmentsQuery,
  type Team,
  teamsQuery,
} from "./register-queries.ts";
import { RetireForm } from "./retire-form.tsx";
import { linesOf } from "./words.ts";

type Open = { readonly id: string; readonly onClose: () => void };

function useMayManage(): boolean {
  return useMay("asset.manage");
}

/** Adds or changes a part of the network; `id` is `add` for a new one. */
export function SegmentPanel({ id, onClose }: Open) {
  const answer = useQuery(segmentsQuery);
  return (
    <Load answer={answer} label="the segment">
      {(segments) => (
        <SegmentForm key={id} segment={segments.find((each) => each.id === id)} onClose={onClose} />
      )}
    </Load>
  );
}

function SegmentForm({
  segment,
  onClose,
}: {
  readonly segment: Segment | undefined;
  readonly onClose: () => void;
}) {
  const mayManage = useMayManage();
  const { data: teams } = useQuery(teamsQuery);
  const { data: constituents } = useQuery(constituentsQuery);
  const [fields, setFields] = useState({
    name: segment?.name ?? "",
    ranges: segment?.ranges.join("\n") ?? "",
    constituent: (segment?.constituent ?? null) as string | null,
    team: (segment?.team ?? null) as string | null,
    production: segment?.production ?? false,
    notes: segment?.notes ?? "",
  });
  const add = useChange("segment.add", undefined, onClose);
  const save = useChange("segment.change", "segment", onClose);
  const retire = useChange("segment.retire", "segment", onClose);
  const said = { ...fields, ranges: linesOf(fields.ranges) };
  const fault = add.error ?? save.error;
  const complaints = fault ? asRefusal(fault).complaints : {};
  const rangeFault = Object.entries(complaints).find(([path]) => path.startsWith("ranges"))?.[1];
  if (segment !== undefined && !mayManage) {
    return (
      <Panel title={segment.name} onClose={onClose}>
        <Facts
          of={[
            ["Ranges", segment.ranges.join(", ")],
            ["Constituent", segment.constituentName],
            ["Team", segment.teamName],
            ["Notes", segment.notes],
          ]}
        />
      </Panel>
    );
  }
  return (
    <Panel title={segment?.name ?? "Add a segment"} onClose={onClose}>
      <Form
        verb={segment ? "Save" : "Add"}
        ready={fields.name.trim() !== ""}
        pending={add.isPending || save.isPending}
        fault={fault}
        onSubmit={() =>
          segment ? save.mutate({ segment: segment.id, seen: segment.changedSeq, ...said }) : add.mutate(said)
        }
      >
        <TextField
          label="Name"
          value={fields.name}
          error={complaints["name"]}
          onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })}
        />
        <TextArea
          label="Ranges"
          description="Such as 192.0.2.0/24 or 2001:db8::/32, one a line"
          value={fields.ranges}
          error={rangeFault}
          onChange={(event) => setFields({ ...fields, ranges: event.currentTarget.value })}
        />
        <SelectField
          label="Team"
          placeholder="No team"
          clearable
          data={(teams ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={fields.team}
          onChange={(team) => setFields({ ...fields, team })}
        />
        <SelectField
          label="Constituent"
          placeholder="Nobody"
          clearable
          data={(constituents ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={fields.constituent}
          onChange={(constituent) => setFields({ ...fields, constituent })}
        />
        <ChoiceField
          label="In production"
          value={fields.production ? "yes" : "no"}
          choices={[
            { value: "yes", label: "Yes", why: "others depend on it" },
            { value: "no", label: "No" },
          ]}
          onChange={(answer) => setFields({ ...fields, production: answer === "yes" })}
        />
        <TextArea
          label="Notes"
          value={fields.notes}
          onChange={(event) => setFields({ ...fields, notes: event.currentTarget.value })}
        />
      </Form>
      {segment ? (
        <RetireForm
          name={segment.name}
          retire={retire}
          onRetire={(reason) => retire.mutate({ segment: segment.id, seen: segment.changedSeq, reason })}
        />
      ) : null}
    </Panel>
  );
}

/** Adds or changes a team; `id` is `add` for a new one. */
export function TeamPanel({ id, onClose }: Open) {
  const answer = useQuery(teamsQuery);
  return (
    <Load answer={answer} label="the team">
      {(teams) => <TeamForm key={id} team={teams.find((each) => each.id === id)} onClose={onClose} />}
    </Load>
  );
}

function TeamForm({ team, onClose }: { readonly team: Team | undefined; readonly onClose: () => void }) {
  const mayManage = useMayManage();
  const { data: people } = useQuery(peopleQuery);
  const [fields, setFields] = useState({
    name: team?.name ?? "",
    kind: team?.kind ?? ("ordinary" as const),
    members: team?.members ?? [],
    notes: team?.notes ?? "",
  });
  const add = useChange("team.add", undefined, onClose);
  const save = useChange("team.change", "team", onClose);
  const retire = useChange("team.retire", "team", onClose);
  const fault = add.error ?? save.error;
  const complaints = fault ? asRefusal(fault).complaints : {};
  return (
    <Panel title={team?.name ?? "Add a team"} onClose={onClose}>
      <Form
        verb={team ? "Save" : "Add"}
        ready={mayManage && fields.name.trim() !== ""}
        pending={add.isPending || save.isPending}
        fault={fault}
        onSubmit={() => {
          const said = { ...fields, members: [...fields.members] };
          if (team) save.mutate({ team: team.id, seen: team.changedSeq, ...said });
          else add.mutate(said);
        }}
      >
        <TextField
          label="Name"
          value={fields.name}
          error={complaints["name"]}
          onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })}
        />
        <ChoiceField
          column
          label="Kind"
          value={fields.kind}
          choices={[
            { value: "ordinary", label: "Ordinary", why: "handles what arises in its segments" },
            { value: "coordinating", label: "Coordinating", why: "advises others, without authority" },
          ]}
          onChange={(kind) => setFields({ ...fields, kind })}
        />
        <ChoicesField
          column
          label="Members"
          values={fields.members}
          choices={(people ?? [])
            .filter((person) => person.status === "active" || fields.members.includes(person.id))
            .map((person) => ({ value: person.id, label: person.name, why: person.title }))}
          onChange={(members) => setFields({ ...fields, members: [...members] })}
        />
        <TextArea
          label="Notes"
          value={fields.notes}
          onChange={(event) => setFields({ ...fields, notes: event.currentTarget.value })}
        />
      </Form>
      {team && mayManage ? (
        <RetireForm
          name={team.name}
          retire={retire}
          onRetire={(reason) => retire.mutate({ team: team.id, seen: team.changedSeq, reason })}
        />
      ) : null}
    </Panel>
  );
}

/** Adds or changes a constituent; `id` is `add` for a new one. */
export function ConstituentPanel({ id, onClose }: Open) {
  const answer = useQuery(constituentsQuery);
  return (
    <Load answer={answer} label="the constituent">
      {(all) => (
        <ConstituentForm key={id} constituent={all.find((each) => each.id === id)} onClose={onClose} />
      )}
    </Load>
  );
}

function ConstituentForm({
  constituent,
  onClose,
}: {
  readonly constituent: Constituent | undefined;
  readonly onClose: () => void;
}) {
  const mayManage = useMayManage();
  const [fields, setFields] = useState({ name: constituent?.name ?? "", notes: constituent?.notes ?? "" });
  const add = useChange("constituent.add", undefined, onClose);
  const save = useChange("constituent.change", "constituent", onClose);
  const retire = useChange("constituent.retire", "constituent", onClose);
  const fault = add.error ?? save.error;
  return (
    <Panel title={constituent?.name ?? "Add a constituent"} onClose={onClose}>
      <Form
        verb={constituent ? "Save" : "Add"}
        ready={mayManage && fields.name.trim() !== ""}
        pending={add.isPending || save.isPending}
        fault={fault}
        onSubmit={() =>
          constituent
            ? save.mutate({ constituent: constituent.id, seen: constituent.changedSeq, ...fields })
            : add.mutate(fields)
        }
      >
        <TextField
          label="Name"
          value={fields.name}
          error={(fault ? asRefusal(fault).complaints : {})["name"]}
          onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })}
        />
        <TextArea
          label="Notes"
          value={fields.notes}
          onChange={(event) => setFields({ ...fields, notes: event.currentTarget.value })}
        />
      </Form>
      {constituent && mayManage ? (
        <RetireForm
          name={constituent.name}
          retire={retire}
          onRetire={(reason) =>
            retire.mutate({ constituent: constituent.id, seen: constituent.changedSeq, reason })
          }
        />
      ) : null}
    </Panel>
  );
}
