import type { MeasureName } from "@jumpkit/core";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { ChoicesField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { MEASURE_GROUPS, MEASURE_WORDS } from "./metrics-words.ts";

/** Chooses for the whole organisation what is collected of its incidents. */
export function ChooseForm({
  collected,
  onDone,
}: {
  readonly collected: readonly MeasureName[];
  readonly onDone: () => void;
}) {
  const [measures, setMeasures] = useState(collected);
  const choose = useChange("metrics.choose", undefined, onDone);
  return (
    <Form
      verb="Collect these"
      says="It holds for this page and its export, also for incidents before: all of it follows from their record."
      ready
      pending={choose.isPending}
      fault={choose.error}
      onCancel={onDone}
      onSubmit={() => choose.mutate({ measures: [...measures] })}
    >
      {MEASURE_GROUPS.map((group) => (
        <ChoicesField
          key={group.title}
          label={group.title}
          choices={group.measures.map((value) => ({ value, label: MEASURE_WORDS[value] }))}
          values={measures.filter((name) => group.measures.includes(name))}
          onChange={(picked) =>
            setMeasures([...measures.filter((name) => !group.measures.includes(name)), ...picked])
          }
        />
      ))}
    </Form>
  );
}
