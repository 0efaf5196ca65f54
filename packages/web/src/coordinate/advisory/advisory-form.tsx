import "./advisory.css";
import type { AdvisoryId } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { ChoiceField, ChoicesField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type AdvisoryDraft, advisoryQuery, type Group, groupsQuery } from "./advisory-queries.ts";
import { groupText, MARKINGS, SEVERITIES } from "./advisory-words.tsx";

const EMPTY: AdvisoryDraft = {
  ...{ title: "", severity: "medium", marking: "TLP:GREEN", weaknesses: [], affected: [], text: "" },
  ...{ advice: "", validUntil: null, groups: [] },
};

/** A new advisory. */
export function DraftAdvisoryPage() {
  return <Asked id={undefined} start={EMPTY} title="Draft an advisory" />;
}

/** An advisory written anew: its draft, or the next version of what was sent. */
export function ChangeAdvisoryPage() {
  const { advisory } = useParams({ from: "/in/advisories/$advisory/change" });
  const answer = useQuery(advisoryQuery(advisory));
  return (
    <Load answer={answer} label="the advisory" rows={8}>
      {({ id, draft, sent }) => (
        <Asked
          id={id}
          start={draft}
          title={sent.length === 0 ? "Write the advisory anew" : "Revise the advisory"}
        />
      )}
    </Load>
  );
}

type Start = { readonly id: AdvisoryId | undefined; readonly start: AdvisoryDraft };

function Asked({ id, start, title }: Start & { readonly title: string }) {
  const answer = useQuery(groupsQuery);
  return (
    <>
      <PageHead title={title} under="A second person approves it before it leaves" />
      <div className="advisory-form">
        <Load answer={answer} label="the groups" rows={8}>
          {(groups) => <Fields id={id} start={start} groups={groups} />}
        </Load>
      </div>
    </>
  );
}

const lines = (text: string) => text.split(/[\n,]/u).flatMap((each) => each.trim() || []);

function Fields({ id, start, groups }: Start & { readonly groups: readonly Group[] }) {
  const [draft, setDraft] = useState(start);
  const [weaknesses, setWeaknesses] = useState(start.weaknesses.join(", "));
  const [affected, setAffected] = useState(start.affected.join("\n"));
  const [until, setUntil] = useState(start.validUntil?.slice(0, 10) ?? "");
  const save = useSave(id);
  const change = (part: Partial<AdvisoryDraft>) => setDraft({ ...draft, ...part });
  const said: AdvisoryDraft = {
    ...draft,
    weaknesses: lines(weaknesses.toUpperCase()),
    affected: affected.split("\n").flatMap((each) => each.trim() || []),
    validUntil: until === "" ? null : (`${until}T23:59:59.000Z` as AdvisoryDraft["validUntil"]),
  };
  return (
    <Form
      verb="Keep it for approval"
      ready={draft.title.trim() !== "" && draft.text.trim() !== "" && draft.groups.length > 0}
      pending={save.pending}
      fault={save.fault}
      says={draft.groups.length === 0 ? "Choose a group it goes to." : "Nothing leaves yet."}
      onSubmit={() => save.save(said)}
    >
      <TextField
        label="Title"
        value={draft.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <ChoiceField
        label="Severity"
        value={draft.severity}
        choices={SEVERITIES}
        onChange={(severity) => change({ severity })}
      />
      <ChoiceField
        label="Marking"
        value={draft.marking}
        choices={MARKINGS}
        onChange={(marking) => change({ marking })}
      />
      <TextField
        label="CVE identifiers, with commas between"
        value={weaknesses}
        onChange={(event) => setWeaknesses(event.currentTarget.value)}
      />
      <TextArea
        label="Affected products and versions, one a line"
        value={affected}
        onChange={(event) => setAffected(event.currentTarget.value)}
      />
      <TextArea
        label="What it is"
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <TextArea
        label="What they may want to do"
        value={draft.advice}
        onChange={(event) => change({ advice: event.currentTarget.value })}
      />
      <TextField
        type="date"
        label="Valid until the end of this day in UTC; empty for always"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Groups groups={groups} chosen={draft.groups} onChange={(next) => change({ groups: next })} />
    </Form>
  );
}

const keyOf = ({ role, organisation }: Pick<Group, "role" | "organisation">) => `${role}\n${organisation}`;

function Groups({
  groups,
  chosen,
  onChange,
}: {
  readonly groups: readonly Group[];
  readonly chosen: AdvisoryDraft["groups"];
  readonly onChange: (groups: AdvisoryDraft["groups"]) => void;
}) {
  if (groups.length === 0) {
    return (
      <p className="quiet">
        No contact has a part and a mail address yet. Add constituents to the contacts, and their groups
        appear here.
      </p>
    );
  }
  return (
    <ChoicesField
      label="Who gets it"
      column
      values={chosen.map(keyOf)}
      choices={groups.map((group) => ({
        value: keyOf(group),
        label: groupText(group),
        why: group.count === 1 ? "one contact" : `${group.count} contacts`,
      }))}
      onChange={(keys) =>
        onChange(
          groups
            .filter((group) => keys.includes(keyOf(group)))
            .map(({ role, organisation }) => ({ role, organisation })),
        )
      }
    />
  );
}

function useSave(id: AdvisoryId | undefined) {
  const navigate = useNavigate();
  const done = ({ advisory }: { readonly advisory: string }) =>
    navigate({ to: "/advisories/$advisory", params: { advisory } });
  const draft = useChange("advisory.draft", undefined, done);
  const rewrite = useChange("advisory.change", "advisory", done);
  return {
    pending: draft.isPending || rewrite.isPending,
    fault: draft.error ?? rewrite.error,
    save: (said: AdvisoryDraft) =>
      id === undefined ? draft.mutate(said) : rewrite.mutate({ advisory: id, ...said }),
  };
}
