import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { beginAuthenticator, checkAuthenticator, type NewAuthenticator } from "./account-calls.ts";
import { factorQuery } from "./own-queries.ts";
import { FaultOrProof } from "./proof.tsx";
import { QrCode } from "./qr-code.tsx";

/** Codes of an authenticator as the second step of signing in: set, replaced, removed. */
export function SecondFactorSection() {
  const client = useQueryClient();
  const { data } = useQuery(factorQuery);
  const refresh = () => client.invalidateQueries({ queryKey: factorQuery.queryKey });
  const [codes, setCodes] = useState<readonly string[] | null>();
  const begin = useMutation({ mutationFn: beginAuthenticator, onMutate: () => setCodes(undefined) });
  const remove = useChange("factor.remove", undefined, refresh);
  const isSet = data?.codes !== null && data?.codes !== undefined;
  return (
    <section aria-label="Codes of an authenticator">
      <h2>Codes of an authenticator</h2>
      {codes !== undefined ? <RecoveryCodes codes={codes} /> : null}
      {isSet && data.codes ? (
        <p>
          Set since <Moment at={data.codes.setAt} />. Signing in takes the passphrase and then a code.{" "}
          {data.codes.codesLeftCount} recovery codes are left.
        </p>
      ) : (
        <p className="quiet">
          An app on your phone shows six digits that change every half minute. With it, a stolen passphrase
          alone lets nobody in.
        </p>
      )}
      {begin.data ? (
        <SetUp
          authenticator={begin.data}
          onSet={(recovery) => {
            begin.reset();
            setCodes(recovery);
            void refresh();
          }}
        />
      ) : (
        <Verbs>
          <Button onClick={() => begin.mutate()} disabled={begin.isPending}>
            {isSet ? "Set up another authenticator" : "Set up an authenticator"}
          </Button>
          {isSet ? (
            <Button onClick={() => remove.mutate({})} disabled={remove.isPending}>
              Remove
            </Button>
          ) : null}
        </Verbs>
      )}
      <FaultOrProof fault={begin.error} onProved={() => begin.mutate()} />
      <FaultOrProof fault={remove.error} onProved={() => remove.mutate({})} />
    </section>
  );
}

function SetUp({
  authenticator,
  onSet,
}: {
  readonly authenticator: NewAuthenticator;
  readonly onSet: (recovery: readonly string[] | null) => void;
}) {
  const [code, setCode] = useState("");
  const set = useChange("factor.set", undefined, ({ recoveryCodes }) => onSet(recoveryCodes));
  const check = useMutation({
    mutationFn: () => checkAuthenticator(code.trim()),
    onSuccess: () => set.mutate({}),
  });
  return (
    <form
      className="authenticator"
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate();
      }}
    >
      <QrCode text={authenticator.uri} label="The secret for your authenticator, to scan" />
      <div className="authenticator-side">
        <p>Scan this with the app, or type the secret into it:</p>
        <p className="secret-text">
          <code>{authenticator.secret.match(/.{1,4}/g)?.join(" ")}</code>
          <CopyButton text={authenticator.secret} label="Copy the secret" />
        </p>
        <TextField
          label="Code that it shows now"
          autoComplete="one-time-code"
          inputMode="numeric"
          mono
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <RefusalNotice fault={check.error ?? set.error} />
        <Verbs>
          <Button
            type="submit"
            weight="primary"
            disabled={code.trim() === "" || check.isPending || set.isPending}
          >
            Set it
          </Button>
        </Verbs>
      </div>
    </form>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] | null }) {
  if (codes === null) {
    return (
      <Notice tone="warn" title="It is set, but the answer with the recovery codes got lost">
        Set it up once more to get new ones.
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="ok" title="It is set. Write these recovery codes down">
        Each works once, when the phone is lost. They are shown only now.
      </Notice>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyButton text={codes.join("\n")} label="Copy all codes" />
    </>
  );
}
