import "../../ui/table.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { peopleQuery, useMay, useNameOf, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Form } from "../../ui/form.tsx";
import { localText, utcText } from "../../ui/moment-text.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Side } from "../../ui/side.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { DUTY_WORDS, type Duty, type DutyFunction, dutiesQuery } from "./duty-queries.ts";
import { instantIn } from "./wall-clock.ts";
import { WallClockField } from "./wall-clock-field.tsx";

/** Who is on duty in which function, from when until when. */
export function DutyPage() {
  const answer = useQuery(dutiesQuery);
  const mayManage = useMay("duty.manage");
  const [adding, setAdding] = useState(false);
  return (
    <Side panel={adding ? <AssignPanel onClose={() => setAdding(false)} /> : null}>
      <PageHead title="Duty roster" under="Who answers in which function, now and later.">
        {mayManage ? (
          <Button weight={adding ? "quiet" : "primary"} onClick={() => setAdding(true)}>
            Put somebody on duty
          </Button>
        ) : null}
      </PageHead>
      <Load answer={answer} label="the roster" rows={5}>
        {(duties) => <Roster duties={duties} mayManage={mayManage} />}
      </Load>
    </Side>
  );
}

function Roster({ duties, mayManage }: { readonly duties: readonly Duty[]; readonly mayManage: boolean }) {
  const nameOf = useNameOf();
  const cancel = useChange("duty.cancel", "duty");
  if (duties.length === 0) {
    return (
      <EmptyState title="Nobody is on the roster">
        Say who answers in which function, so that everybody knows whom to wake tonight.
      </EmptyState>
    );
  }
  return (
    <>
      <RefusalNotice fault={cancel.error} />
      <div className="table-wrap cards">
        <table className="table tall">
          <thead>
            <tr>
              <th scope="col">Function</th>
              <th scope="col">Person</th>
              <th scope="col">From</th>
              <th scope="col">Until</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="sr-only">Verbs</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {duties.map((duty) => (
              <tr key={duty.id}>
                <td>{DUTY_WORDS[duty.duty]}</td>
                <td>{nameOf(duty.person) ?? "somebody"}</td>
                <td>
                  <span className="mono">{utcText(duty.from)}</span>{" "}
                  <span className="meta">{localText(duty.from, duty.dutyZone)}</span>
                </td>
                <td>
                  <span className="mono">{utcText(duty.until)}</span>{" "}
                  <span className="meta">{localText(duty.until, duty.dutyZone)}</span>
                </td>
                <td>
                  {duty.current ? <Tag tone="ok">on duty</Tag> : null}
                  {duty.override ? <span className="meta"> stands in</span> : null}
                  {duty.note ? <span className="meta"> {duty.note}</span> : null}
                </td>
                <td>
                  {mayManage ? (
                    <Button
                      weight="plain"
                      disabled={cancel.isPending}
                      onClick={() => cancel.mutate({ duty: duty.id, reason: "" })}
                    >
                      Take off
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function AssignPanel({ onClose }: { readonly onClose: () => void }) {
  const me = useNowAnswer().person;
  const { data: people } = useQuery(peopleQuery);
  const [fields, setFields] = useState({
    person: null as string | null,
    duty: "lead" as DutyFunction,
    from: "",
    until: "",
    dutyZone: me.zone,
    override: false,
    note: "",
  });
  const assign = useChange("duty.assign", undefined, onClose);
  const from = instantIn(fields.from, fields.dutyZone);
  const until = instantIn(fields.until, fields.dutyZone);
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  return (
    <Panel title="Put somebody on duty" onClose={onClose}>
      <Form
        verb="Put on duty"
        ready={fields.person !== null && from !== undefined && until !== undefined}
        pending={assign.isPending}
        fault={assign.error}
        says={from && until ? `${utcText(from)} to ${utcText(until)}` : undefined}
        onSubmit={() => {
          if (fields.person === null || from === undefined || until === undefined) return;
          assign.mutate({ ...fields, person: fields.person, from, until });
        }}
      >
        <SelectField
          label="Person"
          data={(people ?? [])
            .filter((person) => person.status === "active")
            .map((person) => ({ value: person.id, label: `${person.name}, ${person.title}` }))}
          value={fields.person}
          onChange={(person) => set({ person })}
        />
        <ChoiceField
          label="Function"
          value={fields.duty}
          choices={(Object.keys(DUTY_WORDS) as DutyFunction[]).map((duty) => ({
            value: duty,
            label: DUTY_WORDS[duty],
          }))}
          onChange={(duty) => set({ duty })}
        />
        <WallClockField label="From" value={fields.from} onChange={(from) => set({ from })} />
        <WallClockField label="Until" value={fields.until} onChange={(until) => set({ until })} />
        <TextField
          label="On the clocks of"
          description="A zone such as Europe/Berlin"
          value={fields.dutyZone}
          onChange={(event) => set({ dutyZone: event.currentTarget.value })}
        />
        <ChoiceField
          label="Stands in for others"
          value={fields.override ? "yes" : "no"}
          choices={[
            { value: "no", label: "No" },
            { value: "yes", label: "Yes", why: "whoever else is on duty in this function rests" },
          ]}
          onChange={(answer) => set({ override: answer === "yes" })}
        />
        <TextField
          label="Note"
          value={fields.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </Form>
    </Panel>
  );
}
