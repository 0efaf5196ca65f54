import "../document/log/log-line.css";
import type { Incident } from "../api/contract.ts";
import { useChange } from "../api/use-change.ts";
import { useDraft } from "../shell/draft.ts";
import { Button } from "../ui/button.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";

/** Where a member of a coordinating team writes: what they say is kept as advice, and orders nothing. */
export function AdviceDock({ incident }: { readonly incident: Incident }) {
  const [draft, setDraft, discard] = useDraft(`advice.${incident.id}`, { text: "" });
  const advise = useChange("advice.give", "incident", discard);
  if (incident.status === "closed" || incident.status === "dismissed") {
    return (
      <div className="dock">
        <p className="dock-shut">This incident is {incident.status}; it takes no more advice.</p>
      </div>
    );
  }
  return (
    <form
      className="dock"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.text.trim() !== "") advise.mutate({ incident: incident.id, text: draft.text });
      }}
    >
      <RefusalNotice fault={advise.error} />
      <div className="dock-field">
        <textarea
          aria-label="Your advice"
          placeholder="What you advise, and how you know"
          rows={1}
          value={draft.text}
          onChange={(event) => setDraft({ text: event.currentTarget.value })}
        />
        <Button type="submit" weight="primary" disabled={draft.text.trim() === "" || advise.isPending}>
          Advise
        </Button>
      </div>
    </form>
  );
}
