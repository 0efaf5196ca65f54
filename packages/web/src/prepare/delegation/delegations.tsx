import "./delegations.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Person } from "../../api/contract.ts";
import { useMay, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ROLE_WORDS } from "../people/role-words.ts";
import { type Delegation, delegationsQuery } from "./delegation-queries.ts";
import { LendForm } from "./lend-form.tsx";

/** Who stands in for a person and for whom they stand in, with the way to begin and to end it. */
export function Delegations({
  person,
  heading: Heading = "h3",
}: {
  readonly person: Person;
  readonly heading?: "h2" | "h3";
}) {
  const { data: all = [] } = useQuery(delegationsQuery);
  const me = useNowAnswer().person;
  const givesRoles = useMay("people.manage");
  const lendsOwn = useMay("authority.delegate") && me.id === person.id;
  const [lending, setLending] = useState(false);
  const own = all.filter((each) => each.lender === person.id || each.borrower === person.id);
  const lends = (givesRoles || lendsOwn) && person.status === "active" && person.roles.length > 0;
  if (own.length === 0 && !lends) return null;
  return (
    <section className="panel-section" aria-label="Standing in">
      <Heading>Standing in</Heading>
      {own.length === 0 ? (
        <p className="quiet">
          Whoever is away lends a role to a deputy for a time. The deputy then may what the lender may, and
          answers under their own name.
        </p>
      ) : (
        <ul className="delegations">
          {own.map((delegation) => (
            <Row key={delegation.id} delegation={delegation} me={me.id} />
          ))}
        </ul>
      )}
      {lending ? <LendForm lender={person} onDone={() => setLending(false)} /> : null}
      {lends && !lending ? (
        <div>
          <Button onClick={() => setLending(true)}>Lend a role</Button>
        </div>
      ) : null}
    </section>
  );
}

function Row({ delegation, me }: { readonly delegation: Delegation; readonly me: string }) {
  const [ending, setEnding] = useState(false);
  const { role, lender, lenderName, borrower, borrowerName, running } = delegation;
  return (
    <li>
      <div className="delegation-head">
        <p>
          <b>{borrower === me ? "You" : borrowerName}</b> as {ROLE_WORDS[role].toLowerCase()} for{" "}
          <b>{lender === me ? "you" : lenderName}</b>
        </p>
        <Standing delegation={delegation} />
      </div>
      <p className="meta">
        <Moment at={delegation.fromAt} /> to <Moment at={delegation.untilAt} />
      </p>
      <p>{delegation.reason}</p>
      {delegation.by === lenderName ? null : <p className="meta">written down by {delegation.by}</p>}
      {ending ? <EndForm delegation={delegation} /> : null}
      {delegation.endable && !ending ? (
        <div>
          <Button weight="plain" onClick={() => setEnding(true)}>
            {running ? "End it now" : "Call it off"}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function Standing({ delegation: { running, fromAt } }: { readonly delegation: Delegation }) {
  if (running) return <Tag tone="ok">now</Tag>;
  if (Date.parse(fromAt) > Date.now()) return <Tag>later</Tag>;
  return <Tag tone="warn">rests</Tag>;
}

function EndForm({ delegation }: { readonly delegation: Delegation }) {
  const [reason, setReason] = useState("");
  const end = useChange("authority.end", "delegation");
  return (
    <Form
      verb="End it"
      ready={reason.trim() !== ""}
      pending={end.isPending}
      fault={end.error}
      onSubmit={() => end.mutate({ delegation: delegation.id, reason })}
    >
      <TextField
        label="Why does it end?"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
