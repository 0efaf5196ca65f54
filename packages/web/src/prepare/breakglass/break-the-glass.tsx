import "../approval/approval.css";
import { BREAK_GLASS_REASON_MIN } from "@jumpkit/core";
import { useState } from "react";
import type { OperationInput } from "../../api/contract.ts";
import { incidentIdOf } from "../../api/ids.ts";
import type { Refusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";

type Minutes = "15" | "60" | "240";

const LASTING: readonly { readonly value: Minutes; readonly label: string }[] = [
  { value: "15", label: "15 minutes" },
  { value: "60", label: "1 hour" },
  { value: "240", label: "4 hours" },
];

/**
 * The last way, where the policy has one: to do it without the consent it needs, say why, and answer for it. It
 * stands inside the form that was refused, so it is no form of its own.
 */
export function BreakTheGlass({
  details,
  onBroken,
}: {
  readonly details: Refusal["details"];
  readonly onBroken: () => void;
}) {
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState<Minutes>("15");
  const open = useChange("breakglass.open", "incident", onBroken);
  const { breakable, incident, action } = details;
  if (breakable !== true || typeof incident !== "string") return null;
  const left = BREAK_GLASS_REASON_MIN - reason.trim().length;
  const send = () =>
    open.mutate({
      incident: incidentIdOf(incident),
      action: action as OperationInput<"breakglass.open">["action"],
      reason,
      minutes: Number(minutes),
    });
  return (
    <details className="voice break-glass">
      <summary>Nobody can be reached, and it cannot wait</summary>
      <div className="voice-fields">
        <p>
          Break the glass: you may do it at once, on your own word. Every manager sees it now, and one of them
          reviews it before the incident can be closed.
        </p>
        <TextArea
          label="Why can it not wait, and whom did you try to reach?"
          description={left > 0 ? `${left} more characters` : ""}
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ChoiceField label="For" choices={LASTING} value={minutes} onChange={setMinutes} />
        <RefusalNotice fault={open.error} />
        <div className="ask-verbs">
          <Button weight="irreversible" disabled={left > 0 || open.isPending} onClick={send}>
            Break the glass and do it
          </Button>
        </div>
      </div>
    </details>
  );
}
