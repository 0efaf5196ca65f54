import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asRefusal } from "../../api/refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { acceptInvitation } from "./account-calls.ts";
import { AccountFrame } from "./account-frame.tsx";
import { PassphraseField } from "./passphrase-field.tsx";

/** Where an invitation leads: one chooses a passphrase and is in. The secret stands behind `#`, which no server logs. */
export function WelcomePage() {
  const [token] = useState(() => location.hash.slice(1));
  const [passphrase, setPassphrase] = useState("");
  const navigate = useNavigate();
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => acceptInvitation(token, passphrase),
    onSuccess: async () => {
      client.clear();
      await navigate({ to: "/policy" });
    },
  });
  if (token === "") {
    return (
      <AccountFrame title="Welcome">
        <Notice tone="warn" title="This address lacks its secret.">
          Open the whole link that an administrator gave you, or ask for a new one.
        </Notice>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Welcome" under="Choose the passphrase you will sign in with. This link works once.">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        <PassphraseField
          value={passphrase}
          words={[]}
          wrong={attempt.error ? asRefusal(attempt.error).complaints["passphrase"] : undefined}
          onChange={setPassphrase}
        />
        <RefusalNotice fault={attempt.error} />
        <Verbs>
          <Button type="submit" weight="primary" large disabled={attempt.isPending}>
            Choose this passphrase
          </Button>
        </Verbs>
      </form>
    </AccountFrame>
  );
}
