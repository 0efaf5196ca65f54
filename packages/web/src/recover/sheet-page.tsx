import "../document/evidence/custody-page.css";
import "./sheet-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Incident } from "../api/contract.ts";
import { incidentQuery, useNowAnswer } from "../api/queries.ts";
import { useKey } from "../shell/keyboard.ts";
import { Load } from "../shell/load.tsx";
import { PrintMarking } from "../shell/print-marking.tsx";
import { Button } from "../ui/button.tsx";
import { Printer } from "../ui/icons.ts";
import { utcText } from "../ui/moment-text.ts";
import { usePageTitle } from "../ui/page-title.ts";
import { TlpLabel } from "../ui/tlp-label.tsx";
import { type HostCell, type RecoveringHost, recoveringHostQuery } from "./recovery-queries.ts";
import { CELL_LOOKS, STAGE_WORDS } from "./recovery-words.ts";

/** One host's gates on paper: a box for each, how it stands, its proof, and room for a signature. */
export function SheetPage() {
  const { incident: id, host: hostId } = useParams({ from: "/in/incidents/$incident/recovery/$host/sheet" });
  const incident = useQuery(incidentQuery(id));
  const host = useQuery(recoveringHostQuery(id, hostId));
  usePageTitle(host.data ? `Recovery of ${host.data.name}` : "Recovery sheet");
  useKey("p", () => window.print());
  return (
    <Load answer={incident} label="the incident">
      {(about) => (
        <Load answer={host} label="the host">
          {(each) => <Sheet incident={about} host={each} />}
        </Load>
      )}
    </Load>
  );
}

function Sheet({ incident, host }: { readonly incident: Incident; readonly host: RecoveringHost }) {
  const { organisation, person } = useNowAnswer();
  const printed = `Printed ${utcText(new Date().toISOString())} by ${person.name}`;
  return (
    <div className="custody-page recovery-sheet">
      <PrintMarking tlp={incident.tlp} title={`${incident.code} recovery of ${host.name}`} />
      <div className="custody-bar no-print">
        <Link to="/incidents/$incident/recovery/$host" params={{ incident: incident.id, host: host.id }}>
          Back to the host
        </Link>
        <Button weight="primary" icon={Printer} onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <article className="custody-sheet">
        <div className="custody-top">
          <div>
            <p className="meta">
              {organisation} · {incident.code} {incident.title}
            </p>
            <h1>Recovery of {host.name}</h1>
            <p>
              {STAGE_WORDS[host.stage]}. {printed}.
            </p>
          </div>
          <TlpLabel label={incident.tlp} />
        </div>
        <h2>Eradication</h2>
        <SheetTable
          rows={host.steps.map(({ step, title, needs, told }) => ({
            key: step,
            done: told !== null,
            title,
            needs,
            state: told ? "done" : "open",
            proof: told ? `${told.how} (${told.by.name}, ${utcText(told.at)}, entry ${told.seq})` : "",
          }))}
        />
        <h2>Reconnect gates</h2>
        <SheetTable
          rows={host.cells.map((cell) => ({
            key: cell.gate.id,
            done: cell.state === "proven",
            title: cell.gate.title,
            needs: cell.gate.needs,
            state: cell.ended ? "waiver ended" : CELL_LOOKS[cell.state].word,
            proof: proofLine(cell),
          }))}
        />
        <h2>Back on the network</h2>
        <table className="sheet-signatures">
          <tbody>
            {["Reconnected inside", "Reconnected outside", "Watched", "Released"].map((what) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>Date and time (UTC)</td>
                <td>Name and signature</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="meta">
          What is written by hand counts once it is in the record: {incident.code}, host {host.name}.
        </p>
      </article>
    </div>
  );
}

interface SheetRow {
  readonly key: string;
  readonly done: boolean;
  readonly title: string;
  readonly needs: string;
  readonly state: string;
  readonly proof: string;
}

function SheetTable({ rows }: { readonly rows: readonly SheetRow[] }) {
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Box</span>
          </th>
          <th scope="col">What has to be true</th>
          <th scope="col">Stands</th>
          <th scope="col">Proof</th>
          <th scope="col">Name, time, signature</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td className="sheet-box">{row.done ? "☒" : "☐"}</td>
            <th scope="row">
              {row.title}
              <span className="sheet-needs">{row.needs}</span>
            </th>
            <td>{row.state}</td>
            <td>{row.proof}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function proofLine({ told, state, ended, gate }: HostCell): string {
  if (state === "left_out") return gate.reason;
  if (told === null || state === "working") return told === null ? "" : `${told.by.name} works on it`;
  const parts = [
    told.what,
    told.names,
    told.asked ? `asked ${told.asked.name}` : "",
    told.until ? `${ended ? "ended" : "until"} ${utcText(told.until)}` : "",
    `${told.by.name}, ${utcText(told.at)}, entry ${told.seq}`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}
