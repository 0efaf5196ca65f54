import "../../ui/table.css";
import "./observables-page.css";
import { defang, observablesCsv, PAP_LABELS, TLP_LABELS, type Tlp } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { incidentIdOf } from "../../api/ids.ts";
import { incidentQuery, useMay } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { StandsIn, useKnownFiles } from "../../prepare/master-copy/known-files.tsx";
import { Load } from "../../shell/load.tsx";
import { saveText } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { signsOfIncidentQuery } from "../triage/triage-answers.ts";
import { type Confirmed, type Observables, observablesQuery } from "./observable-answers.ts";
import { usePromote } from "./use-promote.ts";

type Role = Confirmed["role"];
type KnownFiles = ReturnType<typeof useKnownFiles>;

const ROLES: ReadonlyArray<{ readonly value: Role; readonly label: string }> = [
  { value: "offender", label: "Offender" },
  { value: "victim", label: "Victim" },
  { value: "observer", label: "Observer" },
  { value: "unknown", label: "Role unknown" },
];

/** The values of an incident: what somebody confirmed, apart from what was only seen; and the signs it began with. */
export function ObservablesPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const answer = useQuery(observablesQuery(id));
  const { data: incident } = useQuery(incidentQuery(id));
  const open = incident?.status === "reported" || incident?.status === "declared";
  const writes = useMay("log.write");
  const { confirmed = [], raw = [] } = answer.data ?? {};
  const known = useKnownFiles([...confirmed, ...raw].map(({ value }) => value));
  return (
    <div className="observables">
      <Load answer={answer} label="the observables" rows={8}>
        {(observables) => (
          <>
            <ConfirmedPart
              incident={id}
              code={incident?.code ?? ""}
              observables={observables}
              known={known}
              writes={open && writes}
            />
            <RawPart incident={id} observables={observables} known={known} writes={open && writes} />
            <SignsPart incident={id} />
          </>
        )}
      </Load>
    </div>
  );
}

function ConfirmedPart({
  incident,
  code,
  observables: { confirmed },
  known,
  writes,
}: {
  readonly incident: string;
  readonly code: string;
  readonly observables: Observables;
  readonly known: KnownFiles;
  readonly writes: boolean;
}) {
  const [leaving, setLeaving] = useState<Confirmed>();
  return (
    <section aria-label="Confirmed">
      <div className="observables-head">
        <h2>Confirmed</h2>
        {confirmed.length > 0 ? (
          <Verbs>
            <Button onClick={() => saveCsv(code, confirmed, true)}>Save as CSV, defanged</Button>
            <Button onClick={() => saveCsv(code, confirmed, false)}>Save as CSV, as they are</Button>
          </Verbs>
        ) : null}
      </div>
      {writes ? <AddForm incident={incident} /> : null}
      {confirmed.length === 0 ? (
        <p className="quiet">
          Nothing is confirmed. Confirm a value below, or with <kbd>O</kbd> on a line of the log.
        </p>
      ) : (
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Value</th>
                <th scope="col">Role</th>
                <th scope="col">Marking</th>
                <th scope="col">Seen in</th>
                <th scope="col">Confirmed</th>
                <th scope="col">
                  <span className="unseen">Verbs</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {confirmed.map((each) => (
                <tr key={`${each.kind} ${each.value}`}>
                  <td>
                    <Value of={each} />
                    {each.note ? <div className="meta">{each.note}</div> : null}
                    <StandsIn file={known.of(each.value)} />
                  </td>
                  <td>
                    <RoleField incident={incident} of={each} writes={writes} />
                  </td>
                  <td className="marks">
                    <TlpLabel label={each.tlp} /> <span className="meta">{each.pap}</span>
                  </td>
                  <td>
                    <SeenIn places={each.seenIn} />
                  </td>
                  <td className="meta">
                    {each.by}, {utcText(each.at)}
                    <Entry incident={incident} entry={each.entry} />
                  </td>
                  <td className="number">
                    {writes ? (
                      <Button weight="plain" onClick={() => setLeaving(each)}>
                        Withdraw
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {leaving ? <Withdraw incident={incident} of={leaving} onClose={() => setLeaving(undefined)} /> : null}
    </section>
  );
}

function RawPart({
  incident,
  observables: { raw },
  known,
  writes,
}: {
  readonly incident: string;
  readonly observables: Observables;
  readonly known: KnownFiles;
  readonly writes: boolean;
}) {
  const { promote, says } = usePromote(incident);
  return (
    <section aria-label="Seen in the text">
      <div className="observables-head">
        <h2>Seen in log and signs, not confirmed</h2>
        <p role="status" className="meta">
          {says}
        </p>
      </div>
      {raw.length === 0 ? (
        <p className="quiet">Log and signs name no other value.</p>
      ) : (
        <ul className="observables-raw">
          {raw.map((each) => (
            <li key={`${each.kind} ${each.value}`}>
              <Value of={each} />
              <StandsIn file={known.of(each.value)} />
              <SeenIn places={each.seenIn} />
              <Entry incident={incident} entry={each.entry} />
              {writes ? <Button onClick={() => void promote(each, each.entry, null)}>Confirm</Button> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SignsPart({ incident }: { readonly incident: string }) {
  const { data: signs } = useQuery(signsOfIncidentQuery(incident));
  if (signs === undefined || signs.length === 0) return null;
  return (
    <section aria-label="Signs">
      <h2>Signs that are part of it</h2>
      <ul className="observables-raw">
        {signs.map((sign) => (
          <li key={sign.id}>
            <Link to="/triage" search={{ status: "accepted", sign: sign.id }}>
              {sign.title}
            </Link>
            <span className="meta">
              {sign.count} {sign.count === 1 ? "event" : "events"}, last {utcText(sign.lastAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Value({ of: value }: { readonly of: Pick<Confirmed, "kind" | "value"> }) {
  const shown = defang(value);
  return (
    <span className="observable-value">
      <code>{shown}</code> <span className="meta">{value.kind}</span>
      <CopyButton text={shown} label={`Copy ${shown}, defanged`} />
    </span>
  );
}

function Entry({ incident, entry }: { readonly incident: string; readonly entry: number | null }) {
  if (entry === null) return null;
  return (
    <span className="meta">
      {" "}
      <Link to="/incidents/$incident/entries/$entry" params={{ incident, entry: String(entry) }}>
        entry {entry}
      </Link>
    </span>
  );
}

const PLACES_SHOWN = 3;

function SeenIn({ places }: { readonly places: Confirmed["seenIn"] }) {
  if (places.length === 0)
    return <span className="meta">in no other incident, and in no sign or in too many</span>;
  return (
    <span className="seen-in">
      {places.slice(0, PLACES_SHOWN).map((place) =>
        place.kind === "incident" ? (
          <Link
            key={place.thing}
            to="/incidents/$incident"
            params={{ incident: place.thing }}
            title={place.title}
          >
            {place.code}
          </Link>
        ) : (
          <Link
            key={place.thing}
            to="/triage"
            search={{ status: "all", sign: place.thing }}
            title={place.title}
          >
            sign
          </Link>
        ),
      )}
      {places.length > PLACES_SHOWN ? (
        <span className="meta">and {places.length - PLACES_SHOWN} more</span>
      ) : null}
    </span>
  );
}

function RoleField({
  incident,
  of: each,
  writes,
}: {
  readonly incident: string;
  readonly of: Confirmed;
  readonly writes: boolean;
}) {
  const promote = useChange("observable.promote", "incident");
  if (!writes) return ROLES.find(({ value }) => value === each.role)?.label ?? each.role;
  return (
    <>
      <PlainSelect
        label={`Role of ${defang(each)}`}
        hidden
        empty="Role unknown"
        choices={ROLES.slice(0, 3)}
        value={each.role === "unknown" ? undefined : each.role}
        disabled={promote.isPending}
        onChange={(role) => {
          const { value, tlp, pap, entry, offset, note } = each;
          promote.mutate({
            incident: incidentIdOf(incident),
            ...{ value, tlp, pap, entry, offset, note },
            role: role ?? "unknown",
          });
        }}
      />
      <RefusalNotice fault={promote.error} />
    </>
  );
}

function AddForm({ incident }: { readonly incident: string }) {
  const [value, setValue] = useState("");
  const [note, setNote] = useState("");
  const [role, setRole] = useState<Role>();
  const [tlp, setTlp] = useState<Tlp>();
  const [pap, setPap] = useState<Confirmed["pap"]>();
  const promote = useChange("observable.promote", "incident", () => {
    setValue("");
    setNote("");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() === "") return;
    promote.mutate({
      incident: incidentIdOf(incident),
      value: value.trim(),
      note,
      ...(role ? { role } : {}),
      ...(tlp ? { tlp } : {}),
      ...(pap ? { pap } : {}),
    });
  };
  return (
    <form className="observables-add no-print" onSubmit={submit}>
      <TextField
        label="A value, defanged or not"
        mono
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <PlainSelect
        label="Role"
        empty="Role unknown"
        choices={ROLES.slice(0, 3)}
        value={role}
        onChange={setRole}
      />
      <PlainSelect
        label="TLP"
        empty="As the incident"
        choices={TLP_LABELS.map((label) => ({ value: label, label }))}
        value={tlp}
        onChange={setTlp}
      />
      <PlainSelect
        label="PAP"
        empty="PAP:AMBER"
        choices={PAP_LABELS.filter((label) => label !== "PAP:AMBER").map((label) => ({
          value: label,
          label,
        }))}
        value={pap}
        onChange={setPap}
      />
      <TextField label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Button type="submit" weight="primary" disabled={value.trim() === "" || promote.isPending}>
        Confirm
      </Button>
      <RefusalNotice fault={promote.error} />
    </form>
  );
}

function Withdraw({
  incident,
  of: each,
  onClose,
}: {
  readonly incident: string;
  readonly of: Confirmed;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const withdraw = useChange("observable.withdraw", "incident", onClose);
  return (
    <Dialog title={`Withdraw ${defang(each)}`} onClose={onClose}>
      <Form
        verb="Withdraw it"
        says="It stays among the values that were seen."
        ready={reason.trim() !== ""}
        pending={withdraw.isPending}
        fault={withdraw.error}
        onSubmit={() => withdraw.mutate({ incident: incidentIdOf(incident), value: each.value, reason })}
        onCancel={onClose}
      >
        <TextField label="Why?" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Form>
    </Dialog>
  );
}

function saveCsv(code: string, confirmed: readonly Confirmed[], defanged: boolean): void {
  const name = `${code}-observables${defanged ? "-defanged" : ""}.csv`;
  saveText(name, "text/csv;charset=utf-8", observablesCsv(confirmed, { defanged }));
}
