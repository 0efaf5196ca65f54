import "./custody-page.css";
import { sizeText } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { CustodyLink, Incident, Item } from "../../api/contract.ts";
import { incidentQuery, itemQuery, useNowAnswer } from "../../api/queries.ts";
import { BandOfIncident } from "../../learn/exercise/exercise-band.tsx";
import { Load } from "../../shell/load.tsx";
import { useNow } from "../../shell/now.ts";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { Printer } from "../../ui/icons.ts";
import { localText, utcText } from "../../ui/moment-text.ts";
import { usePageTitle } from "../../ui/page-title.ts";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { conditionWord, eventWord, kindWord, STATES } from "./item-words.ts";

/** The custody form of one item, as it is printed on A4: every question of NIST's list answered on it. */
export function CustodyPage() {
  const { item: id } = useParams({ from: "/in/evidence/$item/custody" });
  const answer = useQuery(itemQuery(id));
  const incident = useQuery({
    ...incidentQuery(answer.data?.incident ?? ""),
    enabled: answer.data !== undefined,
  });
  return (
    <Load answer={answer} label="the custody form">
      {(item) => (
        <Load answer={incident} label="the incident">
          {(found) => <Sheet item={item} incident={found} />}
        </Load>
      )}
    </Load>
  );
}

function Sheet({ item, incident }: { readonly item: Item; readonly incident: Incident }) {
  const { organisation, person } = useNowAnswer();
  const title = `${incident.exercise === null ? "" : "EXERCISE "}Chain of custody, ${incident.code} item ${item.number}`;
  usePageTitle(title);
  return (
    <div className="custody-page">
      <PrintMarking tlp={incident.tlp} title={title} />
      <div className="custody-bar no-print">
        <Link to="/incidents/$incident/evidence/$item" params={{ incident: item.incident, item: item.id }}>
          Back to the item
        </Link>
        <a className={buttonLooks({})} href={`/v1/evidence/${item.id}/custody.pdf`} download="">
          Save as PDF
        </a>
        <Button weight="primary" icon={Printer} onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <article className="custody-sheet">
        <BandOfIncident incident={item.incident} />
        <div className="custody-top">
          <div>
            <p className="meta">{organisation}</p>
            <h1>
              Evidence item {item.number}: {item.identification.what}
            </h1>
            <p>
              {incident.code} · {incident.title}
            </p>
          </div>
          <TlpLabel label={incident.tlp} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, and has to be reached by keyboard */}
        <section className="custody-scroll" aria-label="The item" tabIndex={0}>
          <About item={item} />
        </section>
        <h2>Chain of custody</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
        <section className="custody-scroll" aria-label="Chain of custody" tabIndex={0}>
          <ChainTable item={item} />
        </section>
        <p className="meta">
          Printed by {person.name}, {person.title}, <PrintedAt zone={person.zone} />. {item.id}
        </p>
      </article>
    </div>
  );
}

function PrintedAt({ zone }: { readonly zone: string }) {
  const at = new Date(useNow()).toISOString();
  return (
    <>
      {utcText(at)}
      {zone === "UTC" ? "" : ` (${localText(at, zone)}, ${zone})`}
    </>
  );
}

function About({ item }: { readonly item: Item }) {
  const { identification: about, content } = item;
  const rows: ReadonlyArray<readonly [string, string, string, string]> = [
    ["Kind", kindWord(about.kind), "State", STATES[item.state].word],
    ["Found at", about.foundAt, "Kept at", item.place],
    ["In the hands of", `${item.custodian.name}, ${item.custodian.title}`, "Phone", item.custodian.phone],
    ["Serial number", about.serialNumber, "Model", about.model],
    ["Host name", about.hostname, "Seal", item.seal],
    ["MAC addresses", about.macAddresses.join(" "), "IP addresses", about.ipAddresses.join(" ")],
  ];
  return (
    <table className="custody-about">
      <tbody>
        {rows.map(([one, value, other, second]) => (
          <tr key={one}>
            <th scope="row">{one}</th>
            <td>{value || "–"}</td>
            <th scope="row">{other}</th>
            <td>{second || "–"}</td>
          </tr>
        ))}
        {content ? (
          <>
            <tr>
              <th scope="row">File</th>
              <td colSpan={3} className="mono">
                {content.name}, {sizeText(content.sizeBytes)} ({content.sizeBytes} bytes)
              </td>
            </tr>
            <tr>
              <th scope="row">SHA-256</th>
              <td colSpan={3} className="mono">
                {content.sha256}
              </td>
            </tr>
          </>
        ) : null}
        <tr>
          <th scope="row">Collecting changed</th>
          <td colSpan={3}>{about.changedByCollecting || "–"}</td>
        </tr>
        <tr>
          <th scope="row">Remarks</th>
          <td colSpan={3}>{about.remarks || "–"}</td>
        </tr>
      </tbody>
    </table>
  );
}

function ChainTable({ item }: { readonly item: Item }) {
  return (
    <table className="custody-chain">
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">When, with zone</th>
          <th scope="col">What</th>
          <th scope="col">From</th>
          <th scope="col">By or to</th>
          <th scope="col">Where, what for, remarks</th>
        </tr>
      </thead>
      <tbody>
        {item.chain.map((link) => (
          <ChainRow key={link.incidentSeq} link={link} />
        ))}
      </tbody>
    </table>
  );
}

function ChainRow({ link }: { readonly link: CustodyLink }) {
  const offered = link.event === "handover.offered";
  const from = offered ? link.by : link.from;
  const to = link.to ?? link.by;
  return (
    <tr>
      <td>{link.incidentSeq}</td>
      <td className="mono">
        {utcText(link.at)}
        <br />
        {link.zone && link.zone !== "UTC" ? `${localText(link.at, link.zone)} ${link.zone}` : "said in UTC"}
      </td>
      <td>{[eventWord(link), conditionWord(link.condition)].filter(Boolean).join("; ")}</td>
      <td>{from ? holderText(from) : "–"}</td>
      <td>{holderText(to)}</td>
      <td>{[link.place, link.purpose, link.remarks].filter(Boolean).join("; ")}</td>
    </tr>
  );
}

function holderText({ name, title, phone }: CustodyLink["by"]): string {
  return [name, title, phone].filter(Boolean).join(", ");
}
