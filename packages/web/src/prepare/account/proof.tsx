import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asRefusal } from "../../api/refusal.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SecretField } from "../../ui/secret-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { prove } from "./account-calls.ts";

/** What a refused change says; when it only lacks a fresh proof, the question for it, and then the change again. */
export function FaultOrProof({
  fault,
  onProved,
}: {
  readonly fault: unknown;
  readonly onProved: () => void;
}) {
  const needed = fault !== null && fault !== undefined && asRefusal(fault).code === "session.proof_needed";
  return needed ? <ProofForm onProved={onProved} /> : <RefusalNotice fault={fault} />;
}

function ProofForm({ onProved }: { readonly onProved: () => void }) {
  const [given, setGiven] = useState("");
  const attempt = useMutation({
    // Six digits are a code; no passphrase that was let in is that short.
    mutationFn: () => prove(/^\d{6}$/.test(given.trim()) ? { code: given.trim() } : { passphrase: given }),
    onSuccess: onProved,
  });
  return (
    <form
      className="proof"
      aria-label="Prove that it is you"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== "") attempt.mutate();
      }}
    >
      <SecretField
        label="Passphrase, or a code of your authenticator"
        description="Changing how you sign in needs a proof that is younger than ten minutes"
        autoComplete="current-password"
        autoFocus
        value={given}
        onChange={(event) => setGiven(event.currentTarget.value)}
      />
      <RefusalNotice fault={attempt.error} />
      <Verbs>
        <Button type="submit" weight="primary" disabled={given === "" || attempt.isPending}>
          It is me
        </Button>
      </Verbs>
    </form>
  );
}
