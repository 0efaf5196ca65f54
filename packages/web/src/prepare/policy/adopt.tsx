import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Policy, PolicyDocument } from "../../api/contract.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { whomToAsk } from "../people/whom-to-ask.ts";
import { WhatChanged } from "./what-changed.tsx";

/** Offers a manager to put the policy in force, and tells everybody else who can. */
export function Adopt({ document }: { readonly document: PolicyDocument }) {
  const { may, organisation } = useNowAnswer();
  const { data: people } = useQuery(peopleQuery);
  const [asking, setAsking] = useState(false);
  const adopt = useChange("policy.adopt", undefined, () => setAsking(false));
  const manage = may.find((row) => row.action === "policy.manage");
  if (manage?.effect !== "permitted") {
    return (
      <Notice tone="warn" title="Nobody has authority until a policy is in force">
        {manage ? `${whomToAsk(manage, people ?? [])}.` : ""}
      </Notice>
    );
  }
  return (
    <>
      <Notice
        tone="warn"
        title="Nobody has authority until a policy is in force"
        verb={
          <Button weight="primary" onClick={() => setAsking(true)}>
            Adopt this policy
          </Button>
        }
      >
        Read each line; choose one to see its clause. What is adopted is enforced at once.
      </Notice>
      {asking ? (
        <Dialog title="Adopt this policy?" onClose={() => setAsking(false)}>
          <Form
            verb="Adopt it now"
            says="Your name, the text and the moment go into the record."
            pending={adopt.isPending}
            fault={adopt.error}
            onCancel={() => setAsking(false)}
            onSubmit={() => adopt.mutate({ seen: 0, document })}
          >
            <p>
              From then on it decides what each person at {organisation} may do. Everybody is asked to read
              and acknowledge it. It can be replaced by a later version, never changed.
            </p>
          </Form>
        </Dialog>
      ) : null}
    </>
  );
}

/** Asks for the reader's acknowledgement, or says when it was given. */
export function Acknowledge({ policy }: { readonly policy: Policy }) {
  const { person: me, policy: news } = useNowAnswer();
  const acknowledge = useChange("policy.acknowledge", undefined);
  if (policy.acknowledgedBy.some(({ person }) => person === me.id)) return null;
  return (
    <>
      <Notice
        tone="info"
        title={`You have not acknowledged version ${policy.version}`}
        verb={
          <Button
            weight="primary"
            disabled={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ version: policy.version })}
          >
            I have read it
          </Button>
        }
      >
        <p>Read what your roles may do. Your acknowledgement is recorded.</p>
        {news === null ? null : <WhatChanged policy={news} />}
      </Notice>
      <RefusalNotice fault={acknowledge.error} />
    </>
  );
}
