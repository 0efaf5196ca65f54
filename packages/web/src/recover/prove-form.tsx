import { useQuery } from "@tanstack/react-query";
import { itemsOfIncidentQuery, peopleQuery, useNowAnswer } from "../api/queries.ts";
import { useChange } from "../api/use-change.ts";
import { backupsQuery } from "../prepare/backup-register/backup-queries.ts";
import { useDraft } from "../shell/draft.ts";
import { ChoiceField } from "../ui/choice-field.tsx";
import { Form } from "../ui/form.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { HostCell, RecoveringHost } from "./recovery-queries.ts";
import { PointField, pointIn } from "./restoring/point-field.tsx";
import { restoringQuery } from "./restoring/restoring-queries.ts";
import { SealedProof, WhyNotSound } from "./sealed-proof.tsx";
import { Together } from "./together.tsx";
import { useTogether } from "./use-together.ts";

const WAYS = [
  { value: "check_output", label: "Output of a check" },
  { value: "evidence_item", label: "Item of evidence" },
  { value: "second_person", label: "A colleague looks" },
] as const;
type Way = (typeof WAYS)[number]["value"];

interface Draft {
  readonly way: Way;
  readonly names: string;
  /** Backup and time of the restore point, where the gate asks for one. */
  readonly point: string;
  readonly note: string;
  readonly tool: string;
  readonly toolVersion: string;
  readonly text: string;
  readonly item: string;
  readonly asked: string;
}

const EMPTY: Draft = {
  way: "check_output",
  names: "",
  point: "",
  note: "",
  tool: "",
  toolVersion: "",
  text: "",
  item: "",
  asked: "",
};

/** Proves a gate by what a check printed, by an item of evidence, or by a colleague who looks. */
export function ProveForm({
  host,
  cell,
  onDone,
}: {
  readonly host: RecoveringHost;
  readonly cell: HostCell;
  readonly onDone: () => void;
}) {
  const { gate } = cell;
  const [draft, setDraft, discard] = useDraft(`prove.${host.id}.${gate.id}`, EMPTY);
  const finish = () => {
    discard();
    onDone();
  };
  const prove = useChange("gate.prove", "incident", finish);
  const claim = useChange("gate.claim", "incident", finish);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { names, note } = draft;
  const together = useTogether(host, gate.id);
  const restored = gate.id === "data_restored";
  const point = useRestorePoint(host.incident, restored, draft.point);
  const restorePoint = point === undefined ? null : { backup: point.backup, takenAt: point.takenAt };
  const about = {
    incident: host.incident,
    hosts: together.map(({ id }) => id),
    gate: gate.id,
    names,
    note,
    restorePoint,
  };
  const submit = () => {
    if (draft.way === "second_person") return claim.mutate({ ...about, asked: draft.asked });
    const { tool, toolVersion, text, item } = draft;
    return prove.mutate({
      ...about,
      proof:
        draft.way === "check_output"
          ? { kind: "check_output", tool, toolVersion, text }
          : { kind: "evidence_item", item },
    });
  };
  return (
    <Form
      verb={draft.way === "second_person" ? "Ask them to look" : `Prove ${gate.title.toLowerCase()}`}
      ready={isReady(draft) && (restored ? point !== undefined : gate.names === null || names.trim() !== "")}
      pending={prove.isPending || claim.isPending}
      fault={prove.error ?? claim.error}
      onCancel={onDone}
      onSubmit={submit}
    >
      <Together hosts={together} />
      <ChoiceField label="Proof" choices={WAYS} value={draft.way} onChange={(way) => set({ way })} />
      {restored ? (
        <RestoredFrom
          incident={host.incident}
          value={draft.point}
          onChange={(chosen) => set({ point: chosen })}
        />
      ) : (
        <NamesField label={gate.names} value={names} onChange={(said) => set({ names: said })} />
      )}
      <ProofFields host={host} draft={draft} set={set} />
      {gate.id === "integrity" && draft.way === "evidence_item" ? <SealedProof /> : null}
      <TextField
        label="Note"
        description={
          point === undefined || point.standing === "before"
            ? "May stay empty"
            : "Why this point is taken all the same"
        }
        value={note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {gate.id === "integrity" ? <WhyNotSound fault={prove.error} /> : null}
    </Form>
  );
}

/** What the proof has to name, where its gate asks for that. */
function NamesField({
  label,
  value,
  onChange,
}: {
  readonly label: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  if (label === null) return null;
  return <TextField label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}

/** The restore point of the register that data came from, with how it stands to the compromise. */
function RestoredFrom({
  incident,
  value,
  onChange,
}: {
  readonly incident: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { data: restoring } = useQuery(restoringQuery(incident));
  return <PointField restoring={restoring ?? NOT_DATED} value={value} onChange={onChange} />;
}

const NOT_DATED = { earliestAt: null };

function useRestorePoint(incident: string, wanted: boolean, value: string) {
  const { data: restoring } = useQuery({ ...restoringQuery(incident), enabled: wanted });
  const { data: backups } = useQuery({ ...backupsQuery, enabled: wanted });
  return pointIn(backups, restoring ?? NOT_DATED, value);
}

function isReady({ way, tool, toolVersion, text, item, asked }: Draft): boolean {
  if (way === "second_person") return asked !== "";
  if (way === "evidence_item") return item !== "";
  return [tool, toolVersion, text].every((each) => each.trim() !== "");
}

function ProofFields({
  host,
  draft,
  set,
}: {
  readonly host: RecoveringHost;
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}) {
  const { person } = useNowAnswer();
  const { data: items } = useQuery(itemsOfIncidentQuery(host.incident));
  const { data: people } = useQuery(peopleQuery);
  if (draft.way === "evidence_item") {
    return (
      <SelectField
        label="Item"
        placeholder={items?.length === 0 ? "Take it into evidence first (E)" : "Choose an item"}
        data={(items ?? []).map((item) => ({
          value: item.id,
          label: `${item.number} ${item.identification.what}`,
        }))}
        value={draft.item || null}
        onChange={(item) => set({ item: item ?? "" })}
      />
    );
  }
  if (draft.way === "second_person") {
    const others = (people ?? []).filter((each) => each.id !== person.id && each.status === "active");
    return (
      <SelectField
        label="Who looks for themselves"
        placeholder="Choose a colleague"
        data={others.map((each) => ({ value: each.id, label: each.name }))}
        value={draft.asked || null}
        onChange={(asked) => set({ asked: asked ?? "" })}
      />
    );
  }
  return (
    <>
      <div className="tool-fields">
        <TextField
          label="Tool"
          placeholder="jumpkit master-copy check"
          value={draft.tool}
          onChange={(event) => set({ tool: event.currentTarget.value })}
        />
        <TextField
          label="Its version"
          value={draft.toolVersion}
          onChange={(event) => set({ toolVersion: event.currentTarget.value })}
        />
      </div>
      <TextArea
        label="What it printed"
        description="Up to 64 KiB; take longer ones into evidence"
        minRows={4}
        maxRows={14}
        value={draft.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
    </>
  );
}
