import { useState } from "react";
import { useChange } from "../api/use-change.ts";
import { Button } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Verbs } from "../ui/verbs.tsx";
import { PhaseFields, planOf } from "./phase-fields.tsx";
import { ReasonForm } from "./reason-form.tsx";
import type { RecoveringHost } from "./recovery-queries.ts";

type Doing = "plan" | "more" | "return" | "keep_off" | "find_clean" | undefined;
type FormOf = { readonly host: RecoveringHost; readonly onDone: () => void };

/** What leads off the straight way: more hosts found, back to analysis, staying off, and when it is to be back. */
export function MoreOfHost({ host, open }: { readonly host: RecoveringHost; readonly open: boolean }) {
  const [doing, setDoing] = useState<Doing>();
  if (!open) return null;
  const done = () => setDoing(undefined);
  const ended = host.end !== null;
  const offers: readonly { readonly does: Doing; readonly word: string; readonly when: boolean }[] = [
    { does: "plan", word: "Phase and day", when: !ended },
    { does: "more", word: "More hosts found", when: true },
    { does: "return", word: ended ? "Affected again" : "Back to analysis", when: true },
    { does: "keep_off", word: "Stays off", when: !ended && host.connected === "none" },
    {
      does: "find_clean",
      word: "Not affected after all",
      when: !ended && host.connected === "none" && host.round === 1,
    },
  ];
  return (
    <section className="panel-section" aria-label="Otherwise">
      <h3>Otherwise</h3>
      <Verbs>
        {offers
          .filter(({ when, does }) => when && does !== doing)
          .map(({ does, word }) => (
            <Button key={word} onClick={() => setDoing(does)}>
              {word}
            </Button>
          ))}
      </Verbs>
      {doing === "plan" ? <PlanForm host={host} onDone={done} /> : null}
      {doing === "more" ? <MoreHosts host={host} onDone={done} /> : null}
      {doing === "return" ? <Return host={host} onDone={done} /> : null}
      {doing === "keep_off" ? <KeepOff host={host} onDone={done} /> : null}
      {doing === "find_clean" ? <FindClean host={host} onDone={done} /> : null}
    </section>
  );
}

function PlanForm({ host, onDone }: FormOf) {
  const [plan, setPlan] = useState({
    order: String(host.phase?.order ?? ""),
    name: host.phase?.name ?? "",
    targetOn: host.targetOn ?? "",
  });
  const change = useChange("recovery.plan", "host", onDone);
  return (
    <Form
      verb="Plan it so"
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={() => change.mutate({ host: host.id, ...planOf(plan) })}
    >
      <PhaseFields value={plan} onChange={setPlan} />
    </Form>
  );
}

function MoreHosts({ host, onDone }: FormOf) {
  const [names, setNames] = useState("");
  const take = useChange("recovery.take_over", "incident", onDone);
  const hosts = names
    .split(/[\s,;]+/)
    .filter((name) => name !== "")
    .map((name) => ({ name }));
  return (
    <Form
      verb="Take them over too"
      says="Each goes through analysis, isolation and its own gates."
      ready={hosts.length > 0}
      pending={take.isPending}
      fault={take.error}
      onCancel={onDone}
      onSubmit={() => take.mutate({ incident: host.incident, hosts, reason: `Found through ${host.name}` })}
    >
      <TextField
        label="Names or addresses"
        description="Several with spaces between them"
        mono
        value={names}
        onChange={(event) => setNames(event.currentTarget.value)}
      />
    </Form>
  );
}

function Return({ host, onDone }: FormOf) {
  const change = useChange("recovery.return", "host", onDone);
  return (
    <ReasonForm
      verb={`Take ${host.name} back to analysis`}
      says={
        host.connected === "none"
          ? "What was removed and proved starts anew."
          : "Take it off the network first. Every gate starts anew."
      }
      label="What was found?"
      draft={`return.${host.id}`}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={(reason) => change.mutate({ host: host.id, reason })}
    />
  );
}

function KeepOff({ host, onDone }: FormOf) {
  const change = useChange("recovery.keep_off", "host", onDone);
  return (
    <ReasonForm
      verb={`${host.name} stays off`}
      label="Why does it not come back?"
      draft={`keep-off.${host.id}`}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={(reason) => change.mutate({ host: host.id, reason })}
    />
  );
}

function FindClean({ host, onDone }: FormOf) {
  const change = useChange("recovery.find_clean", "host", onDone);
  return (
    <ReasonForm
      verb={`${host.name} was not affected`}
      label="How do you know?"
      draft={`find-clean.${host.id}`}
      pending={change.isPending}
      fault={change.error}
      onCancel={onDone}
      onSubmit={(reason) => change.mutate({ host: host.id, reason })}
    />
  );
}
