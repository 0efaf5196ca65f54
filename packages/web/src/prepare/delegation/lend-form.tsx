import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Person, Role } from "../../api/contract.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Form } from "../../ui/form.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { instantIn } from "../duty/wall-clock.ts";
import { WallClockField } from "../duty/wall-clock-field.tsx";
import { ROLE_WORDS } from "../people/role-words.ts";

/** Lends one of a person's own roles to somebody else, from a moment until another. */
export function LendForm({ lender, onDone }: { readonly lender: Person; readonly onDone: () => void }) {
  const { zone } = useNowAnswer().person;
  const { data: people = [] } = useQuery(peopleQuery);
  const [fields, setFields] = useState({
    to: null as Person["id"] | null,
    role: lender.roles[0] ?? null,
    from: "",
    until: "",
    reason: "",
  });
  const lend = useChange("authority.delegate", undefined, onDone);
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const fromAt = fields.from === "" ? null : instantIn(fields.from, zone);
  const untilAt = instantIn(fields.until, zone);
  const { to, role, reason } = fields;
  const deputies = people.filter(
    (each) =>
      each.id !== lender.id && each.status === "active" && (role === null || !each.roles.includes(role)),
  );
  return (
    <Form
      verb="Lend the role"
      ready={
        to !== null && role !== null && fromAt !== undefined && untilAt !== undefined && reason.trim() !== ""
      }
      pending={lend.isPending}
      fault={lend.error}
      says={untilAt ? `until ${utcText(untilAt)}` : undefined}
      onSubmit={() => {
        if (to === null || role === null || fromAt === undefined || untilAt === undefined) return;
        lend.mutate({ from: lender.id, to, role, fromAt, untilAt, reason });
      }}
    >
      <SelectField
        label="Which role"
        data={lender.roles.map((each) => ({ value: each, label: ROLE_WORDS[each] }))}
        value={role}
        onChange={(chosen) => set({ role: chosen as Role | null, to: null })}
      />
      <SelectField
        label="To whom"
        data={deputies.map((each) => ({ value: each.id, label: `${each.name}, ${each.title}` }))}
        value={to}
        onChange={(chosen) => set({ to: chosen as Person["id"] | null })}
      />
      <WallClockField
        label="From"
        description={`On the clocks of ${zone}; empty for at once`}
        value={fields.from}
        onChange={(from) => set({ from })}
      />
      <WallClockField label="Until" value={fields.until} onChange={(until) => set({ until })} />
      <TextField
        label="Why"
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </Form>
  );
}
