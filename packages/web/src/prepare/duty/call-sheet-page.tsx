import "../../document/evidence/custody-page.css";
import "./call-sheet.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Person, PolicyRow } from "../../api/contract.ts";
import { peopleQuery, policyQuery, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { Button } from "../../ui/button.tsx";
import { Printer } from "../../ui/icons.ts";
import { utcDay, utcText } from "../../ui/moment-text.ts";
import { usePageTitle } from "../../ui/page-title.ts";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { type Contact, contactsQuery } from "../contact/contact-queries.ts";
import { CONTACT_ROLE_WORDS, hoursText } from "../contact/contact-words.ts";
import { ROLE_ORDER, ROLE_WORDS, rolesText } from "../people/role-words.ts";
import { callSheetQuery, DUTY_WORDS, dutiesQuery } from "./duty-queries.ts";

const TLP = "TLP:AMBER";
const SHEET_DAYS = 90;

/** What one needs when nothing works any more, on A4 and as a card for the wallet. */
export function CallSheetPage() {
  const sheet = useQuery(callSheetQuery);
  const contacts = useQuery(contactsQuery);
  usePageTitle("Call sheet");
  return (
    <Load answer={sheet} label="the call sheet">
      {({ printed, policy }) => (
        <Load answer={contacts} label="the call sheet">
          {(known) => <Sheet printedAt={printed?.at} policy={policy} contacts={known} />}
        </Load>
      )}
    </Load>
  );
}

function Sheet({
  printedAt,
  policy,
  contacts,
}: {
  readonly printedAt: string | undefined;
  readonly policy: { readonly version: number; readonly digest: string } | null;
  readonly contacts: readonly Contact[];
}) {
  const { organisation } = useNowAnswer();
  const { data: people } = useQuery(peopleQuery);
  const { data: rules } = useQuery(policyQuery);
  // The browser lays the page out as it stands, so it prints after the record has the new date.
  const print = useChange("callsheet.print", undefined, () => setTimeout(() => window.print(), 100));
  const now = new Date();
  const expires = utcDay(now.getTime() + SHEET_DAYS * 24 * 60 * 60_000);
  const active = (people ?? []).filter((person) => person.status === "active");
  const actions = rules?.actions.filter((action) => !action.performed) ?? [];
  const foot = `Throw away after ${expires}. Policy ${policy ? `version ${policy.version}, ${policy.digest.slice(0, 16)}` : "none in force"}.`;
  return (
    <div className="custody-page call-sheet">
      <PrintMarking tlp={TLP} title={`Call sheet, ${organisation}`} />
      <div className="custody-bar no-print">
        <Link to="/contacts">Back to the contacts</Link>
        <span className="meta">
          {printedAt ? `You last printed it ${utcText(printedAt)}` : "You have printed none yet"}
        </span>
        <Button weight="primary" icon={Printer} disabled={print.isPending} onClick={() => print.mutate({})}>
          Print
        </Button>
      </div>
      <RefusalNotice fault={print.error} />
      <article className="custody-sheet">
        <div className="custody-top">
          <div>
            <p className="meta">{organisation}</p>
            <h1>Call sheet</h1>
            <p>{foot}</p>
          </div>
          <TlpLabel label={TLP} />
        </div>
        <h2>Our people</h2>
        <PeopleTable people={active} />
        <h2>Contacts, in the order in which they are called</h2>
        <ContactTable contacts={contacts} />
        <h2>Who may do what</h2>
        <table className="call-table">
          <tbody>
            {actions.map((action) => (
              <tr key={action.id}>
                <th scope="row">{action.title}</th>
                <td>{whoMay(rules?.inForce?.document?.rows.find((row) => row.action === action.id))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <WalletCard people={active} contacts={contacts} foot={foot} organisation={organisation} />
      </article>
    </div>
  );
}

function PeopleTable({ people }: { readonly people: readonly Person[] }) {
  const { data: duties } = useQuery(dutiesQuery);
  const dutyOf = (person: Person): string =>
    (duties ?? [])
      .filter((duty) => duty.current && duty.person === person.id)
      .map((duty) => DUTY_WORDS[duty.duty])
      .join(", ");
  return (
    <table className="call-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Phone</th>
          <th scope="col">Roles</th>
          <th scope="col">On duty now</th>
          <th scope="col">Zone</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <th scope="row">
              {person.name}
              <span className="contact-meta">{person.title}</span>
            </th>
            <td className="mono">{person.phone}</td>
            <td>{person.roles.map((role) => ROLE_WORDS[role]).join(", ")}</td>
            <td>{dutyOf(person)}</td>
            <td>{person.zone}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ContactTable({ contacts }: { readonly contacts: readonly Contact[] }) {
  if (contacts.length === 0) return <p>No contact is in the directory.</p>;
  return (
    <table className="call-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Phone</th>
          <th scope="col">Otherwise</th>
          <th scope="col">Called as</th>
          <th scope="col">Answers</th>
        </tr>
      </thead>
      <tbody>
        {contacts.map((contact) => (
          <tr key={contact.id}>
            <th scope="row">
              {contact.escalation > 0 ? `${contact.escalation}. ` : ""}
              {contact.name}
              <span className="contact-meta">
                {contact.organisation === contact.name ? "" : contact.organisation}
                {contact.stale ? " (not verified lately)" : ""}
              </span>
            </th>
            <td className="mono">{contact.phone}</td>
            <td>
              {contact.secondChannel} {contact.email}
            </td>
            <td>{contact.roles.map((role) => CONTACT_ROLE_WORDS[role]).join(", ")}</td>
            <td>
              {hoursText(contact.hours)} {contact.homeZone ?? ""}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function WalletCard({
  people,
  contacts,
  foot,
  organisation,
}: {
  readonly people: readonly Person[];
  readonly contacts: readonly Contact[];
  readonly foot: string;
  readonly organisation: string;
}) {
  const first = people.filter((person) => person.roles.some((role) => role === "manager" || role === "lead"));
  return (
    <section className="wallet" aria-label="Card for the wallet">
      <p className="wallet-head">
        {organisation} <b>{TLP}</b>
      </p>
      <ul>
        {first.slice(0, 5).map((person) => (
          <li key={person.id}>
            {person.name} <span className="mono">{person.phone}</span>
          </li>
        ))}
        {contacts
          .filter((contact) => contact.phone !== "")
          .slice(0, 6)
          .map((contact) => (
            <li key={contact.id}>
              {contact.name} <span className="mono">{contact.phone}</span>
            </li>
          ))}
      </ul>
      <p className="wallet-foot">Never contact the intruder. {foot}</p>
    </section>
  );
}

/** Who may at once, and who may with whose consent, as the policy in force says. */
function whoMay(row: PolicyRow | undefined): string {
  if (row === undefined) return "No policy is in force";
  const atOnce = ROLE_ORDER.filter((role) => row.grants[role].effect === "permitted");
  const asking = ROLE_ORDER.flatMap((role) => {
    const grant = row.grants[role];
    return grant.effect === "approval"
      ? [`${ROLE_WORDS[role]} with the consent of a ${rolesText(grant.by).toLowerCase()}`]
      : [];
  });
  const words = [...(atOnce.length > 0 ? [rolesText(atOnce)] : []), ...asking];
  return words.length === 0 ? "Forbidden to everyone" : words.join("; ");
}
