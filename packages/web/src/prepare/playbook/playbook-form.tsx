import { ASSET_KINDS, GATE_TEXTS, GATES } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useChange } from "../../api/use-change.ts";
import { VECTORS } from "../../detect/incident/words.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { ChoicesField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { X } from "../../ui/icons.ts";
import { Panel } from "../../ui/panel.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { KIND_WORDS } from "../register/words.ts";
import { type PlaybookContent, type PlaybookStep, playbooksQuery } from "./playbook-queries.ts";
import { freshStepId, STEP_PHASE_WORDS, STEP_PHASES } from "./playbook-words.ts";

const KINDS = ASSET_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));

const EMPTY: PlaybookContent = {
  title: "",
  summary: "",
  vectors: [],
  assetKinds: [],
  steps: [{ id: "step-1", phase: "detect", text: "", per: "incident", gate: null }],
};

/** Begins a playbook of one's own, as a draft. */
export function AddPlaybookPanel() {
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/playbooks" });
  useKey("escape", leave);
  const [draft, setDraft, discard] = useDraft("playbook.new", EMPTY);
  const add = useChange("playbook.add", undefined, async ({ playbook }) => {
    discard();
    await navigate({ to: "/playbooks/$playbook", params: { playbook } });
  });
  return (
    <Panel title="Write a playbook" onClose={leave}>
      <ContentForm
        content={draft}
        onChange={setDraft}
        pending={add.isPending}
        fault={add.error}
        onSubmit={() => add.mutate(filled(draft))}
      />
    </Panel>
  );
}

/** Drafts the next version of a playbook; the version in force stays until the draft replaces it. */
export function DraftPlaybookPanel() {
  const { playbook: id } = useParams({ from: "/in/playbooks/$playbook/draft" });
  const answer = useQuery(playbooksQuery);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/playbooks/$playbook", params: { playbook: id } });
  useKey("escape", leave);
  return (
    <Load answer={answer} label="the playbook">
      {({ items }) => {
        const playbook = items.find((each) => each.id === id);
        const content = playbook?.draft ?? playbook?.inForce;
        return (
          <Panel title="Draft the next version" onClose={leave}>
            {playbook && content ? (
              <DraftForm id={id} seen={playbook.changedSeq} content={content} onDone={leave} />
            ) : (
              <p className="quiet">There is no such playbook.</p>
            )}
          </Panel>
        );
      }}
    </Load>
  );
}

function DraftForm({
  id,
  seen,
  content,
  onDone,
}: {
  readonly id: string;
  readonly seen: number;
  readonly content: PlaybookContent;
  readonly onDone: () => void;
}) {
  const [draft, setDraft, discard] = useDraft(`playbook.${id}.${seen}`, content);
  const change = useChange("playbook.draft", "playbook", () => {
    discard();
    onDone();
  });
  return (
    <ContentForm
      content={draft}
      onChange={setDraft}
      pending={change.isPending}
      fault={change.error}
      onSubmit={() => change.mutate({ playbook: id, seen, ...filled(draft) })}
    />
  );
}

/** Without the steps that nobody wrote anything into. */
function filled(content: PlaybookContent): PlaybookContent {
  return { ...content, steps: content.steps.filter(({ text }) => text.trim() !== "") };
}

function ContentForm({
  content,
  onChange,
  pending,
  fault,
  onSubmit,
}: {
  readonly content: PlaybookContent;
  readonly onChange: (content: PlaybookContent) => void;
  readonly pending: boolean;
  readonly fault: unknown;
  readonly onSubmit: () => void;
}) {
  const { steps } = content;
  const setStep = (at: number, part: Partial<PlaybookStep>) =>
    onChange({ ...content, steps: steps.map((step, place) => (place === at ? { ...step, ...part } : step)) });
  return (
    <Form
      verb="Keep the draft"
      ready={content.title.trim() !== "" && filled(content).steps.length > 0}
      pending={pending}
      fault={fault}
      onSubmit={onSubmit}
    >
      <TextField
        label="Title"
        value={content.title}
        onChange={(event) => onChange({ ...content, title: event.currentTarget.value })}
      />
      <TextArea
        label="When it helps"
        minRows={2}
        value={content.summary}
        onChange={(event) => onChange({ ...content, summary: event.currentTarget.value })}
      />
      <ChoicesField
        label="Suggested for"
        hint="None means every incident"
        choices={VECTORS}
        values={content.vectors}
        onChange={(vectors) => onChange({ ...content, vectors: [...vectors] })}
      />
      <ChoicesField
        label="And for these in its scope"
        hint="None means every kind"
        choices={KINDS}
        values={content.assetKinds}
        onChange={(assetKinds) => onChange({ ...content, assetKinds: [...assetKinds] })}
      />
      <ol className="step-editor" aria-label="Steps">
        {steps.map((step, at) => (
          <li key={step.id}>
            <TextArea
              label={`Step ${at + 1}`}
              minRows={1}
              value={step.text}
              onChange={(event) => setStep(at, { text: event.currentTarget.value })}
            />
            <div className="step-editor-line">
              <PlainSelect
                label={`Part of the response, step ${at + 1}`}
                hidden
                empty="Detect and analyse"
                choices={STEP_PHASES.map((value) => ({ value, label: STEP_PHASE_WORDS[value] }))}
                value={step.phase}
                onChange={(phase) => setStep(at, { phase: phase ?? "detect" })}
              />
              <PlainSelect
                label={`How often, step ${at + 1}`}
                hidden
                empty="Once"
                choices={[{ value: "host", label: "For each host" }]}
                value={step.per === "host" ? "host" : undefined}
                onChange={(per) => setStep(at, { per: per ?? "incident" })}
              />
              <PlainSelect
                label={`Gate that it proves, step ${at + 1}`}
                hidden
                empty="No gate"
                choices={GATES.map((value) => ({ value, label: GATE_TEXTS[value].title }))}
                value={step.gate ?? undefined}
                onChange={(gate) => setStep(at, { gate: gate ?? null })}
              />
              <IconButton
                label={`Take step ${at + 1} out`}
                icon={X}
                onClick={() => onChange({ ...content, steps: steps.filter((_, place) => place !== at) })}
              />
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button
          onClick={() =>
            onChange({
              ...content,
              steps: [
                ...steps,
                {
                  id: freshStepId(steps),
                  phase: steps.at(-1)?.phase ?? "detect",
                  text: "",
                  per: "incident",
                  gate: null,
                },
              ],
            })
          }
        >
          Another step
        </Button>
      </div>
    </Form>
  );
}
