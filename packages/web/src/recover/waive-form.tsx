import { useState } from "react";
import { useChange } from "../api/use-change.ts";
import { ROLE_WORDS } from "../prepare/people/role-words.ts";
import { useDraft } from "../shell/draft.ts";
import { Form } from "../ui/form.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { HostCell, RecoveringHost } from "./recovery-queries.ts";
import { Together } from "./together.tsx";
import { useTogether } from "./use-together.ts";

const WEEK_MS = 7 * 86_400_000;

/** Lets a host pass a gate until a day, for whom the policy lets. */
export function WaiveForm({
  host,
  cell,
  onDone,
}: {
  readonly host: RecoveringHost;
  readonly cell: HostCell;
  readonly onDone: () => void;
}) {
  const [draft, setDraft, discard] = useDraft(`waive.${host.id}.${cell.gate.id}`, { reason: "" });
  const [until, setUntil] = useState(() => new Date(Date.now() + WEEK_MS).toISOString().slice(0, 10));
  const waive = useChange("gate.waive", "incident", () => {
    discard();
    onDone();
  });
  const together = useTogether(host, cell.gate.id);
  const who = host.mayWaive.map((role) => ROLE_WORDS[role].toLowerCase()).join(", ");
  return (
    <Form
      verb={`Waive ${cell.gate.title.toLowerCase()} until ${until || "…"}`}
      says={who === "" ? undefined : `Gates are waived by: ${who}.`}
      ready={draft.reason.trim() !== "" && until !== ""}
      pending={waive.isPending}
      fault={waive.error}
      onCancel={onDone}
      onSubmit={() =>
        waive.mutate({
          incident: host.incident,
          hosts: together.map(({ id }) => id),
          gate: cell.gate.id,
          reason: draft.reason,
          until: `${until}T23:59:59.000Z`,
        })
      }
    >
      <Together hosts={together} />
      <TextArea
        label="Why may the host pass without it?"
        minRows={2}
        value={draft.reason}
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
      />
      <TextField
        type="date"
        label="Until the end of (UTC)"
        description="Then the gate is open again, by itself"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </Form>
  );
}
