import "../../ui/filter.css";
import "./contacts-page.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { SearchField } from "../../shell/search-field.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { type Contact, contactPagesQuery } from "./contact-queries.ts";
import { CONTACT_ROLE_WORDS, type ContactRole } from "./contact-words.ts";
import { Mail, Phone } from "./reach.tsx";
import { There } from "./there.tsx";

/** Whom one may have to call outside, in the order in which they are called; the filters are in the address. */
export function ContactsPage() {
  const filter = useSearch({ from: "/in/contacts" });
  const navigate = useNavigate();
  const answer = useInfiniteQuery(contactPagesQuery(filter));
  const open = useMatchRoute()({ to: "/contacts" }) === false;
  const mayManage = useMay("contact.manage");
  const contacts = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const look = (part: Partial<typeof filter>) =>
    void navigate({ to: "/contacts", search: { ...filter, ...part }, replace: true });
  return (
    <Side panel={open ? <Outlet /> : null}>
      <PageHead title="Contacts" under="Whom to call outside, and whether they answer now.">
        <Link to="/advisories" className={buttonLooks({ weight: "plain" })}>
          Advisories
        </Link>
        <Link to="/replies" className={buttonLooks({ weight: "plain" })}>
          Replies
        </Link>
        <Link to="/call-sheet" className={buttonLooks({ weight: "plain" })}>
          Call sheet
        </Link>
        {mayManage ? (
          <>
            <Link to="/contacts/import" search={filter} className={buttonLooks({})}>
              Import
            </Link>
            <Link
              to="/contacts/add"
              search={filter}
              className={buttonLooks({ weight: open ? "quiet" : "primary" })}
            >
              Add
            </Link>
          </>
        ) : null}
      </PageHead>
      <div className="side-filters">
        <SearchField
          label="A part of a name, number, range or note"
          text={filter.text}
          onLook={(text) => look({ text })}
        />
        <div className="filter-row">
          {(Object.keys(CONTACT_ROLE_WORDS) as ContactRole[]).map((role) => (
            <Toggle
              key={role}
              on={filter.role === role}
              onPress={() => look({ role: filter.role === role ? undefined : role })}
            >
              {CONTACT_ROLE_WORDS[role]}
            </Toggle>
          ))}
          <Toggle
            on={filter.retired === true}
            onPress={() => look({ retired: filter.retired ? undefined : true })}
          >
            Retired
          </Toggle>
        </div>
      </div>
      <Load answer={answer} label="contacts" rows={8}>
        {() =>
          contacts.length > 0 ? (
            <ContactList contacts={contacts} />
          ) : (
            <NoContacts filtered={filtered} mayManage={mayManage} />
          )
        }
      </Load>
      <MoreRows answer={answer} verb="Show more" />
    </Side>
  );
}

function ContactList({ contacts }: { readonly contacts: readonly Contact[] }) {
  const navigate = useNavigate();
  const search = useSearch({ from: "/in/contacts" });
  const chosen = useListKeys(contacts.length, (at) => {
    const contact = contacts[at];
    if (contact) void navigate({ to: "/contacts/$contact", params: { contact: contact.id }, search });
  });
  return (
    <ul className="contacts" aria-label="Contacts">
      {contacts.map((contact, at) => (
        <li key={contact.id} className="contact" data-chosen={at === chosen}>
          <span className="contact-order">{contact.escalation > 0 ? contact.escalation : ""}</span>
          <span className="contact-who">
            <Link to="/contacts/$contact" params={{ contact: contact.id }} search={search}>
              <bdi>{contact.name}</bdi>
            </Link>
            <span className="contact-meta">
              {[
                contact.organisation === contact.name ? "" : contact.organisation,
                ...contact.roles.map((role) => CONTACT_ROLE_WORDS[role]),
              ]
                .filter((word) => word !== "")
                .join(" · ")}
            </span>
          </span>
          <span>{contact.phone ? <Phone number={contact.phone} of={contact.name} /> : null}</span>
          <span>
            {contact.email ? <Mail address={contact.email} of={contact.name} /> : null}
            {contact.secondChannel ? <span className="contact-meta">{contact.secondChannel}</span> : null}
          </span>
          <span>
            <There zone={contact.homeZone} open={contact.open} />{" "}
            {contact.stale ? (
              <Tag tone="warn">{contact.verified === null ? "never verified" : "to be verified"}</Tag>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function NoContacts({ filtered, mayManage }: { readonly filtered: boolean; readonly mayManage: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        title="Nobody fits these filters"
        verb={
          <Link to="/contacts" className={buttonLooks({})}>
            Show everybody
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No contact yet"
      verb={
        mayManage ? (
          <Link to="/contacts/import" className={buttonLooks({})}>
            Import contacts
          </Link>
        ) : null
      }
    >
      Vendors, providers, other teams, law enforcement: known before they are needed. From the shell: jumpkit
      contact import.
    </EmptyState>
  );
}
