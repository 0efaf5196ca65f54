import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Approval } from "../../api/contract.ts";
import { personIdOf } from "../../api/ids.ts";
import { peopleQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** Takes consent over the telephone: who is on the line, and the code that they read from their card. */
export function VoiceConsent({ approval }: { readonly approval: Approval }) {
  const { data: people = [] } = useQuery(peopleQuery);
  const [approver, setApprover] = useState<string>();
  const [number, setNumber] = useState("");
  const [code, setCode] = useState("");
  const hear = useChange("approval.hear", "approval", () => setCode(""));
  const able = people.filter(
    (person) =>
      person.status === "active" &&
      person.id !== approval.asker &&
      person.roles.some((role) => approval.approvers.includes(role)),
  );
  const digits = code.replaceAll(/\D/g, "");
  const ready = approver !== undefined && Number(number) >= 1 && digits.length === 6;
  const send = () => {
    if (approver === undefined) return;
    const said = { approver: personIdOf(approver), number: Number(number), code: digits };
    hear.mutate({ approval: approval.id, ...said });
  };
  if (able.length === 0) return null;
  return (
    <details className="voice">
      <summary>Take it over the telephone</summary>
      <div className="voice-fields">
        <p className="meta">
          Read out what is asked, exactly. Then ask for a code of their card that has not been crossed out.
        </p>
        <PlainSelect
          label="On the line"
          empty="Choose"
          choices={able.map(({ id, name, phone }) => ({ value: id as string, label: `${name}, ${phone}` }))}
          value={approver}
          onChange={setApprover}
        />
        <TextField
          label="Number of the code"
          inputMode="numeric"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <TextField
          label="Code"
          mono
          inputMode="numeric"
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {hear.data?.heard === false ? (
          <Notice tone="warn" title="That is not the code on their card">
            {hear.data.triesLeft > 0
              ? `${hear.data.triesLeft} more tries, then they have to print a new card.`
              : "The card is no good any more; they have to print a new one."}
          </Notice>
        ) : null}
        <RefusalNotice fault={hear.error} />
        <div className="ask-verbs">
          <Button disabled={!ready || hear.isPending} onClick={send}>
            They consent
          </Button>
        </div>
      </div>
    </details>
  );
}
