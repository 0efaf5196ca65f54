import { defangText } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentIdOf } from "../../api/ids.ts";
import { TextField } from "../../ui/text-field.tsx";
import { incidentsQuery } from "../incident/incidents-query.ts";
import { DecisionDialog } from "./decision-dialog.tsx";
import type { SignStory } from "./triage-answers.ts";
import type { Decision } from "./use-decisions.ts";

/** Asks which open incident a sign belongs to: the best match is marked, with the reason. */
export function MergeDialog({
  about,
  candidates,
  onDecide,
  onClose,
}: {
  readonly about: string;
  readonly candidates: SignStory["candidates"];
  readonly onDecide: (decision: Decision) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState("");
  const { data: open } = useQuery(incidentsQuery({ status: "open", ...(text === "" ? {} : { text }) }));
  const matching = new Map(candidates.map((each) => [each.incident as string, each]));
  const shown = text === "" ? candidates : [];
  const others = (open?.items ?? []).filter(({ id }) => text !== "" || !matching.has(id));
  const answers = [
    ...shown.map(({ incident, code, title, because }) => ({
      id: incident as string,
      label: `${code} ${defangText(title)}`,
      why: defangText(because),
    })),
    ...others.map(({ id, code, title }) => ({ id: id as string, label: `${code} ${defangText(title)}` })),
  ].slice(0, 9);
  const [marked, setMarked] = useState<string>();
  const chosen = answers.some(({ id }) => id === marked) ? marked : answers[0]?.id;
  return (
    <DecisionDialog
      title={`Where does it belong? ${about}`}
      verb="Link to this incident"
      answers={answers}
      marked={chosen}
      ready={chosen !== undefined}
      onMark={setMarked}
      onAnswer={(id) => {
        if (id === undefined) return;
        onDecide({ verb: "merge", into: incidentIdOf(id), because: matching.get(id)?.because ?? "" });
      }}
      onClose={onClose}
    >
      {answers.length === 0 ? (
        <p className="quiet">No open incident {text ? "has these words" : "is there"}.</p>
      ) : null}
      <TextField
        label="Find another open incident"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </DecisionDialog>
  );
}
