import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assetIdOf, incidentIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { PassphraseField } from "../../prepare/account/passphrase-field.tsx";
import { useDraft } from "../../shell/draft.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { type Reset, resetsQuery, suggestedQuery } from "./restoring-queries.ts";

type Of = { readonly incident: string; readonly open: boolean };

/** The accounts of affected hosts: which have a new password, and who set it when. */
export function PasswordSection({ incident, open }: Of) {
  const answer = useQuery(resetsQuery(incident));
  return (
    <section aria-label="New passwords">
      <h2>New passwords</h2>
      <Load answer={answer} label="the accounts" rows={3}>
        {(resets) => (
          <>
            {resets.length === 0 ? (
              <p className="quiet">
                No account is listed. Every account of an affected host gets a new password: its users,
                administrators, services and keys.
              </p>
            ) : (
              <ul className="isolation-list">
                {resets.map((reset) => (
                  <ResetRow key={reset.id} reset={reset} open={open} />
                ))}
              </ul>
            )}
            {open ? <Suggested incident={incident} /> : null}
            {open ? <PlanForm incident={incident} /> : null}
          </>
        )}
      </Load>
    </section>
  );
}

function ResetRow({ reset, open }: { readonly reset: Reset; readonly open: boolean }) {
  const [doing, setDoing] = useState<"record" | "drop">();
  const done = () => setDoing(undefined);
  const { account, host, kind, state } = reset;
  return (
    <li className="isolation-row">
      <span>
        <bdi className="mono">{account}</bdi> <span className="meta">{`${kind} of ${host}`}</span>
      </span>
      <span className="tags">
        <StateTag state={state} />
        {open && state !== "dropped" && doing === undefined ? (
          <>
            <Button weight="plain" onClick={() => setDoing("record")}>
              {state === "done" ? "New again" : "It has a new one"}
            </Button>
            <Button weight="plain" onClick={() => setDoing("drop")}>
              Needs none
            </Button>
          </>
        ) : null}
      </span>
      <span className="meta">{wordsOf(reset)}</span>
      {doing === "record" ? <RecordForm reset={reset} onDone={done} /> : null}
      {doing === "drop" ? <DropForm reset={reset} onDone={done} /> : null}
    </li>
  );
}

function wordsOf({ done, reason }: Reset): string {
  if (done === null) return reason;
  const told = done.told === "" ? "" : `, told ${done.told}`;
  return `${done.by}, ${utcText(done.at)}${told}${done.sessionsEnded ? "; sessions ended" : ""}`;
}

function StateTag({ state }: { readonly state: Reset["state"] }) {
  if (state === "dropped") return <Tag>needs none</Tag>;
  return state === "done" ? (
    <Tag tone="ok" shape="check">
      new password
    </Tag>
  ) : (
    <Tag tone="warn" shape="ring">
      old password
    </Tag>
  );
}

type FormOf = { readonly reset: Reset; readonly onDone: () => void };

/**
 * Says that the password is new. A candidate can be tried first: it is judged and kept nowhere, not in a draft
 * either, and it is no part of what is sent with the form.
 */
function RecordForm({ reset, onDone }: FormOf) {
  const [candidate, setCandidate] = useState("");
  const [told, setTold] = useState("");
  const [ended, setEnded] = useState<"yes" | "no">();
  const record = useChange("reset.record", "reset", onDone);
  return (
    <Form
      verb="The password is new"
      ready={ended !== undefined}
      pending={record.isPending}
      fault={record.error}
      says="Only that it is new is written down."
      onCancel={onDone}
      onSubmit={() => record.mutate({ reset: reset.id, told, sessionsEnded: ended === "yes" })}
    >
      <PassphraseField
        value={candidate}
        words={[reset.account, reset.host]}
        onChange={setCandidate}
        label="Try a candidate"
        description="Judged against dictionaries and kept nowhere. It can stay empty."
        required={false}
      />
      <TextField
        label="How it was told"
        description="Such as by phone, never by mail to the same account"
        value={told}
        onChange={(event) => setTold(event.currentTarget.value)}
      />
      <ChoiceField
        label="Sessions, tokens and keys"
        value={ended}
        choices={[
          { value: "yes", label: "Ended too" },
          { value: "no", label: "Still work" },
        ]}
        onChange={setEnded}
      />
    </Form>
  );
}

function DropForm({ reset, onDone }: FormOf) {
  const [reason, setReason] = useState("");
  const drop = useChange("reset.drop", "reset", onDone);
  return (
    <Form
      verb="It needs none"
      ready={reason.trim() !== ""}
      pending={drop.isPending}
      fault={drop.error}
      onCancel={onDone}
      onSubmit={() => drop.mutate({ reset: reset.id, reason })}
    >
      <TextField label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Form>
  );
}

/** What the register knows of accounts on affected hosts, to be listed with one press. */
function Suggested({ incident }: { readonly incident: string }) {
  const { data: items = [] } = useQuery(suggestedQuery(incident));
  const plan = useChange("reset.plan", undefined);
  const [taking, setTaking] = useState(false);
  if (items.length === 0) return null;
  const takeOver = async () => {
    setTaking(true);
    try {
      for (const { asset, account, host } of items) {
        await plan.mutateAsync({
          incident: incidentIdOf(incident),
          ...{ account, host, asset: assetIdOf(asset), kind: "other" },
        });
      }
    } catch {
      // The refusal is shown; what was listed before it stands.
    } finally {
      setTaking(false);
    }
  };
  return (
    <div className="panel-section">
      <h3>In the register</h3>
      <ul>
        {items.map(({ asset, account, host }) => (
          <li key={`${asset} ${host}`}>
            <bdi className="mono">{account}</bdi> <span className="meta">of {host}</span>
          </li>
        ))}
      </ul>
      <RefusalNotice fault={plan.error} />
      <Verbs>
        <Button weight="primary" disabled={taking} onClick={() => void takeOver()}>
          {items.length === 1 ? "List it" : `List all ${items.length}`}
        </Button>
      </Verbs>
    </div>
  );
}

const KINDS = [
  { value: "person", label: "Person" },
  { value: "administrator", label: "Administrator" },
  { value: "service", label: "Service" },
  { value: "key", label: "Key" },
  { value: "other", label: "Other" },
] as const;

function PlanForm({ incident }: { readonly incident: string }) {
  const [draft, setDraft, discard] = useDraft(`reset.${incident}`, {
    account: "",
    host: "",
    kind: "person" as Reset["kind"],
  });
  const plan = useChange("reset.plan", undefined, discard);
  return (
    <Form
      verb="List it"
      ready={draft.account.trim() !== "" && draft.host.trim() !== ""}
      pending={plan.isPending}
      fault={plan.error}
      onSubmit={() => plan.mutate({ incident: incidentIdOf(incident), ...draft })}
    >
      <TextField
        label="Account"
        description="The account's name. Never a password."
        mono
        value={draft.account}
        onChange={(event) => setDraft({ ...draft, account: event.currentTarget.value })}
      />
      <TextField
        label="Host that it opens"
        mono
        value={draft.host}
        onChange={(event) => setDraft({ ...draft, host: event.currentTarget.value })}
      />
      <ChoiceField
        label="Whose"
        value={draft.kind}
        choices={KINDS}
        onChange={(kind) => setDraft({ ...draft, kind })}
      />
    </Form>
  );
}
