import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { AdvisoryShown } from "./advisory-queries.ts";
import { OUTCOMES } from "./advisory-words.tsx";

type Mail = AdvisoryShown["sent"][number]["advised"][number];
type Of = { readonly advisory: AdvisoryShown; readonly version: number; readonly mail: Mail };

/** One mail of a version: whom it went to, what became of it, and where it did not leave, the way to try again. */
export function AdvisedMail({ advisory, version, latest, mail }: Of & { readonly latest: boolean }) {
  const { name, address, outcome, detail, tries } = mail;
  const lost = outcome === "failed" || outcome === "unknown";
  return (
    <>
      <span>{name}</span>
      <span className="meta">{address}</span>
      <span className="meta">
        {outcome === null ? "on its way" : (OUTCOMES[outcome] ?? outcome)}
        {outcome === "accepted" || detail === "" ? "" : `: ${detail}`}
        {tries === 1 ? "" : ` (tried ${tries} times)`}
      </span>
      {lost && latest ? <Again advisory={advisory} version={version} mail={mail} /> : null}
    </>
  );
}

function Again({ advisory: { id }, version, mail: { contact, name, outcome } }: Of) {
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const resend = useChange("advisory.resend", "advisory", () => setAsked(false));
  const send = () => resend.mutate({ advisory: id, version, recipient: contact, reason });
  if (asked) {
    return (
      <Form
        verb="Send it once more"
        ready={reason.trim() !== ""}
        pending={resend.isPending}
        fault={resend.error}
        says="They may get it twice."
        onCancel={() => setAsked(false)}
        onSubmit={send}
      >
        <TextField
          label="Why it goes again though it may have left"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Form>
    );
  }
  return (
    <>
      <Button
        disabled={resend.isPending}
        aria-label={`Send it to ${name} once more`}
        onClick={() => (outcome === "unknown" ? setAsked(true) : send())}
      >
        Send it once more
      </Button>
      <RefusalNotice fault={resend.error} />
    </>
  );
}
