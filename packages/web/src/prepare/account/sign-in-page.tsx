import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SecretField } from "../../ui/secret-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { signIn } from "./account-calls.ts";
import { AccountFrame } from "./account-frame.tsx";
import { safeNext } from "./safe-next.ts";

/** Asks who is there. */
export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const attempt = useMutation({
    mutationFn: () => signIn(name.trim().toLowerCase(), passphrase),
    onSuccess: async () => {
      client.clear();
      await navigate({ href: safeNext(next) });
    },
  });
  return (
    <AccountFrame title="Sign in">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        <div className="fields">
          <TextField
            label="Sign-in name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <SecretField
            label="Passphrase"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
        </div>
        <RefusalNotice fault={attempt.error} />
        <div className="account-verbs">
          <Button type="submit" weight="primary" large disabled={attempt.isPending}>
            Sign in
          </Button>
          <span className="meta">No passphrase yet? Open the invitation an administrator gave you.</span>
        </div>
      </form>
    </AccountFrame>
  );
}
