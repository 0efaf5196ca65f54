import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useChange } from "../../api/use-change.ts";
import type { SecondStep, SessionAnswer } from "./account-calls.ts";
import { AccountFrame } from "./account-frame.tsx";
import { ARRIVED_WITH } from "./arrival.ts";
import { FaultOrProof } from "./proof.tsx";
import { comeBackFromProvider, nextAfterProvider } from "./provider-calls.ts";
import { safeNext } from "./safe-next.ts";
import { SecondStepForm } from "./second-step-form.tsx";

/** Where the provider sends people back to: they are signed in, asked for the second step, or their account is linked. */
export function ProviderPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [second, setSecond] = useState<SecondStep>();
  const onAnswer = async (answer: SessionAnswer): Promise<void> => {
    if (answer.second) return setSecond(answer.second);
    client.clear();
    await navigate({ href: safeNext(nextAfterProvider()), replace: true });
  };
  const link = useChange("identity.link", "identity", async () => {
    client.clear();
    await navigate({ to: "/profile", replace: true });
  });
  const comeBack = useMutation({
    mutationFn: comeBackFromProvider,
    onSuccess: async ({ session, identity }) => {
      if (identity !== null) link.mutate({ identity: identity as never });
      if (session !== null) await onAnswer(session);
    },
  });
  useOnce(() => {
    // What the provider answered serves once; it need not stay in the history.
    history.replaceState(history.state, "", location.pathname);
    comeBack.mutate(ARRIVED_WITH);
  });
  if (second !== undefined) {
    return (
      <AccountFrame title="One more step" under="The provider knows you. Now show that it is you.">
        <SecondStepForm
          second={second}
          onAnswer={onAnswer}
          onAgain={() => void navigate({ to: "/sign-in" })}
        />
      </AccountFrame>
    );
  }
  const fault = comeBack.error ?? link.error;
  return (
    <AccountFrame title="Back from the provider">
      {fault ? (
        <>
          <FaultOrProof fault={fault} onProved={() => link.variables && link.mutate(link.variables)} />
          <p>
            <Link to="/sign-in">Sign in</Link> or go to <Link to="/profile">your own page</Link>.
          </p>
        </>
      ) : (
        <p role="status">One moment …</p>
      )}
    </AccountFrame>
  );
}

/** Does something when the page appears, once even where React mounts it twice. */
function useOnce(work: () => void): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    work();
  });
}
