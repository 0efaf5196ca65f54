import "./dismiss-form.css";
import { fieldText } from "@jumpkit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Entry, Incident } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import {
  type CutThings,
  type IsolationAnswers,
  IsolationsToEnd,
  useEndIsolations,
} from "../../contain/isolation/isolations-to-end.tsx";
import { entriesQuery } from "../../document/log/entries.ts";
import { useDraft } from "../../shell/draft.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";

type Thing = {
  readonly what: string;
  readonly now: "restored" | "kept" | undefined;
  readonly reason: string;
};

const EMPTY = {
  reason: "",
  cut: undefined as "nothing" | "things" | undefined,
  things: [] as readonly Thing[],
  isolated: {} as IsolationAnswers,
};

const CUT = [
  { value: "nothing", label: "Nothing was cut" },
  { value: "things", label: "Yes, these things" },
] as const;

const OUTCOMES = [
  { value: "restored", label: "Connected again" },
  { value: "kept", label: "Stays cut" },
] as const;

/**
 * Says that it was no incident, and leads through what was cut off while nobody was sure: everything is named,
 * and each thing is connected again or stays cut for a reason.
 */
export function DismissForm({
  incident,
  onDone,
}: {
  readonly incident: Incident;
  readonly onDone: () => void;
}) {
  const [draft, setDraft, discard] = useDraft(`dismiss.${incident.id}`, EMPTY);
  const dismiss = useChange("incident.dismiss", "incident", () => {
    discard();
    onDone();
  });
  const ending = useEndIsolations(incident.id);
  const more = cutOf(draft);
  const answered = ending.answersOf(draft.isolated);
  const cut = more === undefined || answered === undefined ? undefined : joined(answered, more);
  const submit = async () => {
    if (cut === undefined) return;
    await ending.end(draft.isolated, draft.reason);
    dismiss.mutate({ incident: incident.id, reason: draft.reason, cut });
  };
  return (
    <Form
      verb={`Dismiss ${incident.code}`}
      says="Log and evidence stay on record."
      ready={draft.reason.trim() !== "" && cut !== undefined}
      pending={dismiss.isPending || ending.pending}
      fault={ending.fault ?? dismiss.error}
      onSubmit={() => void submit().catch(() => undefined)}
    >
      <TextArea
        label="Why is it no incident?"
        minRows={4}
        value={draft.reason}
        onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
      />
      <IsolationsToEnd
        standing={ending.standing}
        answers={draft.isolated}
        onChange={(isolated) => setDraft({ ...draft, isolated })}
      />
      <ChoiceField
        label={
          ending.standing.length > 0
            ? "Was anything else cut off while nobody was sure?"
            : "Was anything cut off while nobody was sure?"
        }
        choices={CUT}
        value={draft.cut}
        onChange={(next) =>
          setDraft({
            ...draft,
            cut: next,
            things: next === "things" && draft.things.length === 0 ? [NEW] : draft.things,
          })
        }
      />
      {draft.cut === "things" ? (
        <Things
          incident={incident.id}
          things={draft.things}
          onChange={(things) => setDraft({ ...draft, things })}
        />
      ) : null}
    </Form>
  );
}

const NEW: Thing = { what: "", now: undefined, reason: "" };

function Things({
  incident,
  things,
  onChange,
}: {
  readonly incident: string;
  readonly things: readonly Thing[];
  readonly onChange: (things: readonly Thing[]) => void;
}) {
  const client = useQueryClient();
  const { data: entries } = useQuery(entriesQuery(client, incident));
  const named = new Set(things.map(({ what }) => what));
  const suggested = actionLines(entries ?? []).filter((line) => !named.has(line));
  const put = (at: number, thing: Thing) =>
    onChange(things.map((each, place) => (place === at ? thing : each)));
  const add = (what: string) =>
    onChange([...things.filter((each) => each.what.trim() !== ""), { ...NEW, what }]);
  return (
    <>
      {suggested.length > 0 ? (
        <section aria-label="From the log" className="cut-suggested">
          <p className="meta">Actions in the log. Take those that cut something off:</p>
          {suggested.map((line) => (
            <Button key={line} onClick={() => add(line)}>
              {line}
            </Button>
          ))}
        </section>
      ) : null}
      <ol className="cut-things">
        {things.map((thing, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
          <li key={at} className="cut-thing">
            <TextField
              label="What was cut off"
              value={thing.what}
              onChange={(event) => put(at, { ...thing, what: event.currentTarget.value })}
            />
            <ChoiceField
              label="What becomes of it"
              choices={OUTCOMES}
              value={thing.now}
              onChange={(now) => put(at, { ...thing, now })}
            />
            {thing.now === "kept" ? (
              <TextField
                label="Why it stays cut"
                value={thing.reason}
                onChange={(event) => put(at, { ...thing, reason: event.currentTarget.value })}
              />
            ) : null}
            {things.length > 1 ? (
              <Button weight="plain" onClick={() => onChange(things.filter((_, place) => place !== at))}>
                Not this one
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      <div>
        <Button onClick={() => onChange([...things, NEW])}>One more thing</Button>
      </div>
    </>
  );
}

/** What people wrote down as an action, the latest first. */
function actionLines(entries: readonly Entry[]): readonly string[] {
  const lines = entries
    .filter((entry) => entry.type === "log.noted" && entry.body["kind"] === "action")
    .map((entry) =>
      fieldText(entry.body, "text")
        .replaceAll(/\s*!action\b/g, "")
        .slice(0, 300)
        .trim(),
    );
  return [...new Set(lines)].reverse().slice(0, 10);
}

/** What became of the isolations, and of everything else that was cut off. */
function joined(isolations: CutThings, more: "nothing" | CutThings): "nothing" | CutThings {
  const things = more === "nothing" ? isolations : [...isolations, ...more];
  return things.length === 0 ? "nothing" : things;
}

/** The answer, once it is whole. */
function cutOf({ cut, things }: typeof EMPTY): "nothing" | CutThings | undefined {
  if (cut !== "things") return cut;
  const whole = things.flatMap(({ what, now, reason }) =>
    what.trim() === "" || now === undefined || (now === "kept" && reason.trim() === "")
      ? []
      : [{ what, now, reason: now === "kept" ? reason : "" }],
  );
  return whole.length === things.length && whole.length > 0 ? whole : undefined;
}
