import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { LineForm } from "../../ui/line-form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { AdvisoryShown } from "./advisory-queries.ts";

/** What one can do to the words of an advisory: write them anew, take them back, give the draft up. */
export function AdvisoryChanges({ advisory: { id, state, sent } }: { readonly advisory: AdvisoryShown }) {
  const [asked, setAsked] = useState<"withdraw" | "drop">();
  const writes = useMay("log.write");
  const back = () => setAsked(undefined);
  if (!writes || state === "withdrawn" || state === "dropped") return null;
  if (asked === "withdraw") return <WithdrawForm id={id} onDone={back} />;
  if (asked === "drop") return <DropForm id={id} onDone={back} />;
  const waits = state === "draft" || state === "approved";
  return (
    <Verbs>
      <Link to="/advisories/$advisory/change" params={{ advisory: id }} className={buttonLooks({})}>
        {sent.length === 0 ? "Write it anew" : "Revise it"}
      </Link>
      {sent.length > 0 && !waits ? <Button onClick={() => setAsked("withdraw")}>Take it back</Button> : null}
      {waits ? (
        <Button weight="plain" onClick={() => setAsked("drop")}>
          Give the draft up
        </Button>
      ) : null}
    </Verbs>
  );
}

type Asking = { readonly id: AdvisoryShown["id"]; readonly onDone: () => void };

function WithdrawForm({ id, onDone }: Asking) {
  const [reason, setReason] = useState("");
  const withdraw = useChange("advisory.withdraw", "advisory", onDone);
  return (
    <Form
      verb="Draft the withdrawal"
      ready={reason.trim() !== ""}
      pending={withdraw.isPending}
      fault={withdraw.error}
      says="It is approved and sent like every version."
      onCancel={onDone}
      onSubmit={() => withdraw.mutate({ advisory: id, reason })}
    >
      <TextArea
        label="Why it is taken back, as they will read it"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}

function DropForm({ id, onDone }: Asking) {
  const drop = useChange("advisory.drop", "advisory", onDone);
  return (
    <LineForm
      verb="Give it up"
      step={drop}
      onCancel={onDone}
      onLine={(reason) => drop.mutate({ advisory: id, reason })}
    />
  );
}
