import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Contact } from "../../prepare/contact/contact-queries.ts";
import { CONTACT_ROLE_WORDS } from "../../prepare/contact/contact-words.ts";
import { There } from "../../prepare/contact/there.tsx";
import { Button } from "../../ui/button.tsx";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { newRecipient, type RecipientFields } from "./draft-fields.ts";
import { type Party, partiesQuery } from "./notify-queries.ts";
import { BARRED, CHANNELS } from "./notify-words.tsx";

/** Whom to tell: those found by what was seen, anybody else of the directory, and how each is told. */
export function ToColumn({
  incident,
  contacts,
  recipients,
  shown,
  onShow,
  onChange,
}: {
  readonly incident: string;
  readonly contacts: readonly Contact[];
  readonly recipients: readonly RecipientFields[];
  readonly shown: string | undefined;
  readonly onShow: (contact: string) => void;
  readonly onChange: (recipients: readonly RecipientFields[]) => void;
}) {
  const { data: parties = [] } = useQuery(partiesQuery(incident));
  const [typed, setTyped] = useState("");
  const chosen = new Set(recipients.map(({ contact }) => contact));
  const found = parties.filter(({ contact }) => !chosen.has(contact));
  const add = (contact: Contact, copy: boolean, barred: boolean) => {
    onChange([...recipients, newRecipient(contact.id, contact.email !== "" && !barred, copy)]);
    onShow(contact.id);
  };
  const contactOf = (id: string) => contacts.find((each) => each.id === id);
  return (
    <section aria-label="To" className="compose-column">
      <h2>To</h2>
      <ul className="compose-list">
        {recipients.map((recipient) => (
          <RecipientItem
            key={recipient.contact}
            recipient={recipient}
            contact={contactOf(recipient.contact)}
            party={parties.find(({ contact }) => contact === recipient.contact)}
            intermediaries={contacts.filter(({ roles }) => roles.includes("intermediary"))}
            shown={recipient.contact === shown}
            onShow={() => onShow(recipient.contact)}
            onChange={(next) =>
              onChange(recipients.map((each) => (each.contact === next.contact ? next : each)))
            }
            onRemove={() => onChange(recipients.filter((each) => each.contact !== recipient.contact))}
          />
        ))}
      </ul>
      {found.length > 0 ? (
        <>
          <h3>Found by what was seen</h3>
          <ul className="compose-list">
            {found.map((party) => (
              <FoundParty
                key={party.contact}
                party={party}
                onAdd={(copy) => {
                  const contact = contactOf(party.contact);
                  if (contact !== undefined) add(contact, copy, party.barred !== null);
                }}
              />
            ))}
          </ul>
        </>
      ) : null}
      <SelectField
        label="Anybody else of the directory"
        placeholder={contacts.length === 0 ? "The directory is empty" : "Name or organisation"}
        value={null}
        searchValue={typed}
        onSearchChange={setTyped}
        data={contacts
          .filter(({ id }) => !chosen.has(id))
          .map(({ id, name, organisation }) => ({
            value: id,
            label: organisation === "" ? name : `${name}, ${organisation}`,
          }))}
        onChange={(id) => {
          const contact = id === null ? undefined : contactOf(id);
          if (contact !== undefined) add(contact, false, false);
          setTyped("");
        }}
      />
      {recipients.length === 0 && found.length === 0 ? (
        <p className="quiet">
          No outside party is known by what was seen. Confirm an observable, and whoever answers for it in the
          directory appears here.
        </p>
      ) : null}
    </section>
  );
}

function FoundParty({ party, onAdd }: { readonly party: Party; readonly onAdd: (copy: boolean) => void }) {
  const own = party.of.length === 0;
  return (
    <li>
      <div className="compose-party">
        <span>
          <strong>{party.name}</strong>{" "}
          <span className="meta">
            {[party.organisation, rolesText(party.roles)].filter(Boolean).join(" · ")}
          </span>
        </span>
        {party.barred === "intruder" ? (
          <Tag tone="critical" shape="triangle">
            barred
          </Tag>
        ) : (
          <Button onClick={() => onAdd(own)}>{own ? "Copy to them" : "Tell them"}</Button>
        )}
      </div>
      <PartyFacts party={party} />
    </li>
  );
}

function PartyFacts({ party }: { readonly party: Party }) {
  const { of, barred, clearance, key, open } = party;
  return (
    <p className="meta">
      {of.length > 0
        ? `Answers for ${of.slice(0, 3).join(", ")}${of.length > 3 ? ` and ${of.length - 3} more` : ""}. `
        : ""}
      {barred === null ? "" : `Mail is barred: ${BARRED[barred]}. `}
      {`Up to ${clearance}; ${key ? "key known" : "no key"}${answersText(open)}.`}
    </p>
  );
}

function answersText(open: boolean | null): string {
  if (open === null) return "";
  return open ? "; answers now" : "; does not answer now";
}

function rolesText(roles: Contact["roles"]): string {
  return roles.map((role) => CONTACT_ROLE_WORDS[role]).join(", ");
}

function RecipientItem({
  recipient,
  contact,
  party,
  intermediaries,
  shown,
  onShow,
  onChange,
  onRemove,
}: {
  readonly recipient: RecipientFields;
  readonly contact: Contact | undefined;
  readonly party: Party | undefined;
  readonly intermediaries: readonly Contact[];
  readonly shown: boolean;
  readonly onShow: () => void;
  readonly onChange: (recipient: RecipientFields) => void;
  readonly onRemove: () => void;
}) {
  const name = contact?.name ?? "somebody";
  return (
    <li className={shown ? "compose-recipient shown" : "compose-recipient"}>
      <div className="compose-party">
        <button type="button" className="compose-name" aria-pressed={shown} onClick={onShow}>
          <strong>{name}</strong>
          <span className="meta">
            {[contact?.organisation, rolesText(contact?.roles ?? [])].filter(Boolean).join(" · ")}
          </span>
        </button>
        <Button weight="plain" aria-label={`Leave out ${name}`} onClick={onRemove}>
          Leave out
        </Button>
      </div>
      {contact ? <There zone={contact.homeZone} open={contact.open} /> : null}
      {party?.barred ? (
        <Tag tone="critical" shape="triangle">{`mail barred: ${BARRED[party.barred] ?? ""}`}</Tag>
      ) : null}
      <div className="compose-how">
        <PlainSelect
          label="By"
          empty="By"
          choices={CHANNELS}
          value={recipient.channel}
          onChange={(channel) => onChange({ ...recipient, channel: channel ?? recipient.channel })}
        />
        <PlainSelect
          label="Through"
          empty="us, in our name"
          choices={intermediaries
            .filter(({ id }) => id !== recipient.contact)
            .map(({ id, name: label }) => ({ value: id, label }))}
          value={recipient.via ?? undefined}
          onChange={(via) => onChange({ ...recipient, via: via ?? null })}
        />
        <label className="compose-check">
          <input
            type="checkbox"
            checked={recipient.copy}
            onChange={(event) => onChange({ ...recipient, copy: event.currentTarget.checked })}
          />
          only to know
        </label>
      </div>
      {recipient.channel === "call" ? (
        <TextField
          label="Who alone may hear it"
          description="A person's name; TLP:RED needs it"
          value={recipient.named}
          onChange={(event) => onChange({ ...recipient, named: event.currentTarget.value })}
        />
      ) : null}
    </li>
  );
}
