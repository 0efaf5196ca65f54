import { useState } from "react";
import { useMay } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { LineForm } from "../../ui/line-form.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { AdvisoryShown } from "./advisory-queries.ts";
import { OUTCOMES } from "./advisory-words.tsx";

type Mail = AdvisoryShown["sent"][number]["advised"][number];
type Of = { readonly advisory: AdvisoryShown; readonly version: number; readonly mail: Mail };

/** One mail of a version: whom it went to, what became of it, and where it did not leave, the way to try again. */
export function AdvisedMail({ advisory, version, latest, mail }: Of & { readonly latest: boolean }) {
  const { name, address, outcome, detail, tries, told } = mail;
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
      {told === "" ? null : <span className="meta">told otherwise: {told}</span>}
      {lost && latest ? <Lost advisory={advisory} version={version} mail={mail} /> : null}
    </>
  );
}

/** What one can do about a mail that may not have left. */
function Lost(of: Of) {
  const { advisory, version, mail } = of;
  const { contact, name, outcome, told } = mail;
  const [asked, setAsked] = useState<"again" | "otherwise">();
  const writes = useMay("log.write");
  const back = () => setAsked(undefined);
  const resend = useChange("advisory.resend", "advisory", back);
  const send = (reason: string) =>
    resend.mutate({ advisory: advisory.id, version, recipient: contact, reason });
  if (asked === "otherwise") return <OtherwiseForm {...of} onDone={back} />;
  if (asked === "again") {
    return (
      <LineForm
        verb="Send it once more"
        label="Why it goes again though it may have left"
        says="They may get it twice."
        step={resend}
        onCancel={back}
        onLine={send}
      />
    );
  }
  return (
    <Verbs>
      <Button
        disabled={resend.isPending}
        aria-label={`Send it to ${name} once more`}
        onClick={() => (outcome === "unknown" ? setAsked("again") : send(""))}
      >
        Send it once more
      </Button>
      {told === "" && writes ? (
        <Button aria-label={`${name} was told otherwise`} onClick={() => setAsked("otherwise")}>
          They were told otherwise
        </Button>
      ) : null}
      <RefusalNotice fault={resend.error} />
    </Verbs>
  );
}

/** Owns its step, so that one that was left is forgotten with its refusal. */
function OtherwiseForm({
  advisory: { id },
  version,
  mail: { contact },
  onDone,
}: Of & { readonly onDone: () => void }) {
  const tell = useChange("advisory.tell", "advisory", onDone);
  return (
    <LineForm
      verb="They were told"
      label="How, and whom you spoke to"
      step={tell}
      onCancel={onDone}
      onLine={(detail) => tell.mutate({ advisory: id, version, recipient: contact, detail })}
    />
  );
}
