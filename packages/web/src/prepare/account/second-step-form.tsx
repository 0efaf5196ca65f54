import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import {
  giveCode,
  passkeysWorkHere,
  type SecondStep,
  type SessionAnswer,
  signInWithPasskey,
} from "./account-calls.ts";

/** The second step of a sign-in: a code, a recovery code or a passkey, whichever the person has. */
export function SecondStepForm({
  second: { step, ways },
  onAnswer,
  onAgain,
}: {
  readonly second: SecondStep;
  readonly onAnswer: (answer: SessionAnswer) => Promise<void>;
  readonly onAgain: () => void;
}) {
  const [code, setCode] = useState("");
  const byCode = useMutation({ mutationFn: () => giveCode(step, code.trim()), onSuccess: onAnswer });
  const byPasskey = useMutation({ mutationFn: () => signInWithPasskey(step), onSuccess: onAnswer });
  const takesCode = ways.includes("code") || ways.includes("recovery");
  const takesPasskey = ways.includes("passkey");
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        byPasskey.reset();
        if (takesCode) byCode.mutate();
        else byPasskey.mutate();
      }}
    >
      {takesCode ? (
        <TextField
          label="Code"
          description="The six digits that your authenticator shows, or one of your recovery codes"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          mono
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : null}
      {takesPasskey && !passkeysWorkHere() ? (
        <p className="meta">Your passkey works where this page is opened by the server's name.</p>
      ) : null}
      <RefusalNotice fault={byCode.error ?? byPasskey.error} />
      <Verbs>
        {takesCode ? (
          <Button type="submit" weight="primary" large disabled={byCode.isPending || code.trim() === ""}>
            Go on
          </Button>
        ) : null}
        {takesPasskey && passkeysWorkHere() ? (
          <Button
            type="button"
            weight={takesCode ? "quiet" : "primary"}
            large
            disabled={byPasskey.isPending}
            onClick={() => {
              byCode.reset();
              byPasskey.mutate();
            }}
          >
            Use a passkey
          </Button>
        ) : null}
        <Button type="button" large onClick={onAgain}>
          Begin again
        </Button>
      </Verbs>
    </form>
  );
}
