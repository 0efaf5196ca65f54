import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/use-change.ts";
import { Button } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { Tag } from "../ui/tag.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Improvement } from "./learn-queries.ts";
import { TARGETS } from "./target.ts";

/**
 * Improvements with their owner, their day and what became of them.
 *
 * @param withCode  whether each names the incident that it comes from
 */
export function ImprovementList({
  items,
  withCode = false,
}: {
  readonly items: readonly Improvement[];
  readonly withCode?: boolean;
}) {
  return (
    <ul className="isolation-list">
      {items.map((item) => (
        <ImprovementRow key={item.id} item={item} withCode={withCode} />
      ))}
    </ul>
  );
}

function ImprovementRow({ item, withCode }: { readonly item: Improvement; readonly withCode: boolean }) {
  const [doing, setDoing] = useState<"finish" | "drop" | "move">();
  const onDone = () => setDoing(undefined);
  const target = TARGETS.find(({ value }) => value === item.target)?.label ?? "";
  return (
    <li className="isolation-row">
      <span>{item.what}</span>
      <span className="tags">
        <StateTag item={item} />
        {item.state === "open" && doing === undefined ? (
          <>
            <ToAmend item={item} />
            <Button weight="plain" onClick={() => setDoing("finish")} aria-label={`Done: ${item.what}`}>
              Done
            </Button>
            <Button weight="plain" onClick={() => setDoing("move")} aria-label={`Move: ${item.what}`}>
              Move
            </Button>
            <Button weight="plain" onClick={() => setDoing("drop")} aria-label={`Drop: ${item.what}`}>
              Drop
            </Button>
          </>
        ) : null}
      </span>
      <span className="meta">
        {withCode ? (
          <>
            <Link to="/incidents/$incident/lessons" params={{ incident: item.incident }}>
              {item.code}
            </Link>
            {", "}
          </>
        ) : null}
        {item.ownerName}, by {item.dueOn ?? "(withheld)"}, {target}
        {item.amends === "" ? "" : `: ${item.amends}`}
      </span>
      {item.outcome === "" ? null : <span className="lessons-outcome">{item.outcome}</span>}
      {doing === "finish" || doing === "drop" ? <EndForm {...{ item, doing, onDone }} /> : null}
      {doing === "move" ? <MoveForm item={item} onDone={onDone} /> : null}
    </li>
  );
}

/** The way to where what is to be better is changed; the policy's next version begins with the reason. */
function ToAmend({ item }: { readonly item: Improvement }) {
  if (item.target === "policy") {
    return (
      <Link to="/policy/draft" search={{ why: `Learnt from ${item.code}: ${item.what}` }}>
        Draft the policy
      </Link>
    );
  }
  if (item.target === "playbook") return <Link to="/playbooks">Change a playbook</Link>;
  if (item.target === "contact") return <Link to="/contacts">Change a contact</Link>;
  if (item.target === "master_copy") return <Link to="/master-copies">Make a master copy</Link>;
  return null;
}

function StateTag({ item: { state, late } }: { readonly item: Improvement }) {
  if (state === "dropped") return <Tag>dropped</Tag>;
  if (state === "done") {
    return (
      <Tag tone="ok" shape="check">
        done
      </Tag>
    );
  }
  return late ? (
    <Tag tone="critical" shape="triangle">
      overdue
    </Tag>
  ) : (
    <Tag tone="warn" shape="ring">
      open
    </Tag>
  );
}

type FormOf = { readonly item: Improvement; readonly onDone: () => void };

function EndForm({ item, doing, onDone }: FormOf & { readonly doing: "finish" | "drop" }) {
  const [text, setText] = useState("");
  const finish = useChange("improvement.finish", "improvement", onDone);
  const drop = useChange("improvement.drop", "improvement", onDone);
  const change = doing === "finish" ? finish : drop;
  return (
    <Form
      verb={doing === "finish" ? "It is done" : "Drop it"}
      ready={text.trim() !== ""}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={() =>
        doing === "finish"
          ? finish.mutate({ improvement: item.id, how: text })
          : drop.mutate({ improvement: item.id, reason: text })
      }
    >
      <TextArea
        label={doing === "finish" ? "How it was done" : "Why nobody will do it"}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Form>
  );
}

function MoveForm({ item, onDone }: FormOf) {
  const [said, setSaid] = useState({ dueOn: item.dueOn ?? "", reason: "" });
  const move = useChange("improvement.move", "improvement", onDone);
  const { owner } = item;
  return (
    <Form
      verb="Move it"
      ready={said.dueOn !== "" && said.reason.trim() !== "" && owner !== null}
      pending={move.isPending}
      fault={move.error}
      onCancel={onDone}
      onSubmit={() => {
        if (owner !== null) move.mutate({ improvement: item.id, owner, ...said });
      }}
    >
      <TextField
        label="Due on"
        type="date"
        value={said.dueOn}
        onChange={(event) => setSaid({ ...said, dueOn: event.currentTarget.value })}
      />
      <TextField
        label="Why"
        value={said.reason}
        onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
      />
    </Form>
  );
}
