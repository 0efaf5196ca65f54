import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SecretField } from "../../ui/secret-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import {
  passkeysWorkHere,
  readSession,
  type SecondStep,
  type SessionAnswer,
  signIn,
  signInWithPasskey,
} from "./account-calls.ts";
import { AccountFrame } from "./account-frame.tsx";
import { providerQuery } from "./own-queries.ts";
import { leaveForProvider } from "./provider-calls.ts";
import { safeNext } from "./safe-next.ts";
import { SecondStepForm } from "./second-step-form.tsx";

/** Asks who is there, and for the second step of those who set one. */
export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [second, setSecond] = useState<SecondStep>();
  const onAnswer = async (answer: SessionAnswer): Promise<void> => {
    if (answer.second) return setSecond(answer.second);
    client.clear();
    const address = safeNext(next);
    // Pages of the server's own are none of this router's.
    if (address.startsWith("/approve/")) window.location.assign(address);
    else await navigate({ href: address });
  };
  if (second !== undefined) {
    return (
      <AccountFrame title="One more step" under="The passphrase was right. Now show that it is you.">
        <SecondStepForm second={second} onAnswer={onAnswer} onAgain={() => setSecond(undefined)} />
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Sign in">
      <FirstStep next={safeNext(next)} onAnswer={onAnswer} />
    </AccountFrame>
  );
}

function FirstStep({
  next,
  onAnswer,
}: {
  readonly next: string;
  readonly onAnswer: (answer: SessionAnswer) => Promise<void>;
}) {
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const session = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => readSession(signal) });
  const attempt = useMutation({
    mutationFn: () => signIn(name.trim().toLowerCase(), passphrase),
    onSuccess: onAnswer,
  });
  const provider = useQuery(providerQuery);
  const leave = useMutation({ mutationFn: () => leaveForProvider(false, next) });
  const passkey = useMutation({ mutationFn: () => signInWithPasskey(), onSuccess: onAnswer });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        passkey.reset();
        leave.reset();
        attempt.mutate();
      }}
    >
      {session.data?.setUpNeeded ? (
        <Notice tone="info" title="This server waits for its set-up">
          Open the link that it printed when it started. Restart it to get a new one.
        </Notice>
      ) : null}
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
      <RefusalNotice fault={attempt.error ?? passkey.error ?? leave.error} />
      <Verbs>
        <Button type="submit" weight="primary" large disabled={attempt.isPending}>
          Sign in
        </Button>
        {passkeysWorkHere() ? (
          <Button
            large
            disabled={passkey.isPending}
            onClick={() => {
              attempt.reset();
              leave.reset();
              passkey.mutate();
            }}
          >
            Use a passkey
          </Button>
        ) : null}
        {provider.data?.name ? (
          <Button
            large
            disabled={leave.isPending}
            onClick={() => {
              attempt.reset();
              passkey.reset();
              leave.mutate();
            }}
          >
            Sign in with {provider.data.name}
          </Button>
        ) : null}
      </Verbs>
      <p className="meta">No passphrase yet? Open the invitation an administrator gave you.</p>
    </form>
  );
}
