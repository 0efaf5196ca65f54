import "./approval.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asRefusal, type Wish } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import type { AskFor } from "../../ui/ask-context.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { BreakTheGlass } from "../breakglass/break-the-glass.tsx";
import { askedQuery } from "./approval-queries.ts";
import { isFor, isOpenRequest } from "./approval-words.ts";
import { Asked } from "./asked.tsx";

type Lasting = "15" | "60" | "480" | "1440" | "10080";

const LASTING: readonly { readonly value: Lasting; readonly label: string }[] = [
  { value: "15", label: "15 minutes" },
  { value: "60", label: "1 hour" },
  { value: "480", label: "8 hours" },
  { value: "1440", label: "1 day" },
  { value: "10080", label: "1 week" },
];

/**
 * Asks for the consent that a refusal says is missing, shows live what becomes of it, and does the thing once it
 * is given. It stands inside the form that was refused, so it is no form of its own.
 */
export const AskConsent: AskFor = ({ wish, details }) => {
  const { data: asked } = useQuery(askedQuery);
  const [made, setMade] = useState<string>();
  const before = asked?.find((each) => isOpenRequest(each) && isFor(each, wish))?.id;
  const id = made ?? before;
  if (asked === undefined) return null;
  return (
    <>
      {id === undefined ? (
        <Ask wish={wish} onAsked={setMade} />
      ) : (
        <Asked id={id} onAgain={() => setMade(undefined)} onDo={wish.doWith} />
      )}
      <BreakTheGlass details={details} onBroken={() => wish.doWith()} />
    </>
  );
};

function Ask({ wish, onAsked }: { readonly wish: Wish; readonly onAsked: (approval: string) => void }) {
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState<Lasting>("60");
  const request = useChange("approval.request", undefined, ({ approval }) => onAsked(approval));
  const ask = () => {
    const { operation, parameters } = wish;
    const wanted = { operation, parameters: { ...parameters }, reason, minutes: Number(minutes) };
    request.mutate(wanted, {
      onError: (fault) => {
        const { code, details } = asRefusal(fault);
        if (code === "approval.already_asked") onAsked(String(details["approval"]));
      },
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be part of the form it stands in
    <div className="ask" role="group" aria-label="Ask for consent">
      <TextArea
        label="Why is it needed?"
        description="Whoever consents reads this, and exactly what you want to do."
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ChoiceField
        label="It may be decided and used for"
        choices={LASTING}
        value={minutes}
        onChange={setMinutes}
      />
      <RefusalNotice fault={request.error} />
      <div className="ask-verbs">
        <Button weight="primary" disabled={reason.trim() === "" || request.isPending} onClick={ask}>
          Ask for consent
        </Button>
      </div>
    </div>
  );
}
