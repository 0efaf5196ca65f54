import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { WAYS } from "./exercise-words.tsx";
import { type InjectDraft, NO_INJECT } from "./plan-draft.ts";

/** What the players are told, and when. */
export function InjectFields({
  injects,
  onChange,
}: {
  readonly injects: readonly InjectDraft[];
  readonly onChange: (injects: readonly InjectDraft[]) => void;
}) {
  const change = (at: number, said: Partial<InjectDraft>) =>
    onChange(injects.map((each, place) => (place === at ? { ...each, ...said } : each)));
  return (
    <section aria-label="Injects" className="plan-list">
      <h2>Injects</h2>
      {injects.map((inject, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an inject has no other name while it is written
        <fieldset key={at} className="plan-inject">
          <legend>Inject {at + 1}</legend>
          <TextField
            label="Minute"
            type="number"
            min={0}
            max={1440}
            value={inject.minute}
            onChange={(event) => change(at, { minute: event.currentTarget.value })}
          />
          <SelectField
            label="Reaches them"
            allowDeselect={false}
            data={[...WAYS]}
            value={inject.way}
            onChange={(way) => {
              const known = WAYS.find(({ value }) => value === way);
              if (known) change(at, { way: known.value });
            }}
          />
          <TextArea
            label="What they are told"
            value={inject.text}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
          />
          <TextArea
            label="The sign itself"
            description="Such as lines of a log; may stay empty"
            value={inject.raw}
            onChange={(event) => change(at, { raw: event.currentTarget.value })}
          />
          <TextArea
            label="What is expected"
            description="The players never see it"
            value={inject.expected}
            onChange={(event) => change(at, { expected: event.currentTarget.value })}
          />
          {injects.length > 1 ? (
            <Button weight="plain" onClick={() => onChange(injects.filter((_, place) => place !== at))}>
              Leave it out
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Button onClick={() => onChange([...injects, NO_INJECT])}>Add an inject</Button>
    </section>
  );
}
