import { useState } from "react";
import { useChange } from "../api/use-change.ts";
import { useDraft } from "../shell/draft.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceField } from "../ui/choice-field.tsx";
import { Form } from "../ui/form.tsx";
import { Shape } from "../ui/shape.tsx";
import { TextArea } from "../ui/text-area.tsx";
import type { RecoveringHost } from "./recovery-queries.ts";

type Step = RecoveringHost["steps"][number];

/** The steps by which the cause is removed, each with what was done. */
export function StepsSection({ host, open }: { readonly host: RecoveringHost; readonly open: boolean }) {
  const [doing, setDoing] = useState<Step["step"]>();
  return (
    <section className="panel-section" aria-label="Eradication">
      <h3>Eradication</h3>
      <ul className="step-list">
        {host.steps.map((step) => (
          <li key={step.step}>
            <div className="step-head">
              <span className={step.told ? "state proven" : "state open"}>
                <Shape of={step.told ? "check" : "ring"} />
              </span>
              <span>
                {step.title}
                {step.told?.found === "nothing" ? <span className="meta"> nothing to remove</span> : null}
              </span>
              {open && step.told === null && host.connected === "none" && doing !== step.step ? (
                <Button weight="plain" onClick={() => setDoing(step.step)}>
                  Record
                </Button>
              ) : null}
            </div>
            <p className="meta">{step.told ? `${step.told.how} (${step.told.by.name})` : step.needs}</p>
            {doing === step.step && step.told === null ? (
              <StepForm host={host} step={step} onDone={() => setDoing(undefined)} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function StepForm({
  host,
  step,
  onDone,
}: {
  readonly host: RecoveringHost;
  readonly step: Step;
  readonly onDone: () => void;
}) {
  const [found, setFound] = useState<"removed" | "nothing">("removed");
  const [draft, setDraft, discard] = useDraft(`step.${host.id}.${step.step}.${host.round}`, { how: "" });
  const eradicate = useChange("recovery.eradicate", "host", () => {
    discard();
    onDone();
  });
  return (
    <Form
      verb={step.title}
      ready={draft.how.trim() !== ""}
      pending={eradicate.isPending}
      fault={eradicate.error}
      onCancel={onDone}
      onSubmit={() => eradicate.mutate({ host: host.id, step: step.step, found, how: draft.how })}
    >
      <ChoiceField
        label="It was"
        choices={[
          { value: "removed", label: "Done" },
          { value: "nothing", label: "Looked for, and not there" },
        ]}
        value={found}
        onChange={setFound}
      />
      <TextArea
        label="How, and how do you know?"
        minRows={2}
        value={draft.how}
        onChange={(event) => setDraft({ how: event.currentTarget.value })}
      />
    </Form>
  );
}
