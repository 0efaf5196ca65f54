import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { useNow } from "../../shell/now.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { durationText, utcDay } from "../../ui/moment-text.ts";
import { Panel } from "../../ui/panel.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ImportPanel } from "../register/import-panel.tsx";
import { RetireForm } from "../register/retire-form.tsx";
import { ContactFieldsForm, EMPTY_CONTACT, fieldsOf, inputOf } from "./contact-fields.tsx";
import { type Contact, contactQuery } from "./contact-queries.ts";
import { CONTACT_ROLE_WORDS, hoursText } from "./contact-words.ts";
import { Mail, Phone } from "./reach.tsx";
import { There } from "./there.tsx";

function useLeave(): () => void {
  const navigate = useNavigate();
  const search = useSearch({ from: "/in/contacts" });
  const leave = () => void navigate({ to: "/contacts", search });
  useKey("escape", leave);
  return leave;
}

/** Adds a contact; what was typed survives until it is saved. */
export function AddContactPanel() {
  const leave = useLeave();
  const [draft, setDraft, discard] = useDraft("contact", EMPTY_CONTACT);
  const add = useChange("contact.add", undefined, () => {
    discard();
    leave();
  });
  return (
    <Panel title="Add a contact" onClose={leave}>
      <Form
        verb="Add"
        ready={draft.name.trim() !== ""}
        pending={add.isPending}
        fault={add.error}
        onSubmit={() => add.mutate(inputOf(draft))}
      >
        <ContactFieldsForm
          value={draft}
          onChange={setDraft}
          complaints={add.error ? asRefusal(add.error).complaints : {}}
        />
      </Form>
    </Panel>
  );
}

/** One contact: how to reach them first, everything else below. */
export function ContactPanel() {
  const leave = useLeave();
  const { contact: id } = useParams({ from: "/in/contacts/$contact" });
  const answer = useQuery(contactQuery(id));
  const mayManage = useMay("contact.manage");
  const retire = useChange("contact.retire", "contact", leave);
  return (
    <Load answer={answer} label="the contact">
      {(contact) => (
        <Panel title={contact.name} onClose={leave}>
          <About contact={contact} />
          {mayManage && contact.status === "active" ? (
            <>
              <VerifyForm key={`verify ${contact.changedSeq}`} contact={contact} />
              <ChangeForm key={`change ${contact.changedSeq}`} contact={contact} />
              <RetireForm
                name={contact.name}
                retire={retire}
                onRetire={(reason) =>
                  retire.mutate({ contact: contact.id, seen: contact.changedSeq, reason })
                }
              />
            </>
          ) : null}
        </Panel>
      )}
    </Load>
  );
}

function About({ contact }: { readonly contact: Contact }) {
  const now = useNow();
  const { verified } = contact;
  const age = verified ? durationText(now - Date.parse(verified.at)) : "";
  return (
    <Facts
      of={[
        ["Phone", contact.phone ? <Phone key="phone" number={contact.phone} of={contact.name} /> : ""],
        ["Second channel", contact.secondChannel],
        ["Mail", contact.email ? <Mail key="mail" address={contact.email} of={contact.name} /> : ""],
        ["Now", contact.homeZone ? <There key="there" zone={contact.homeZone} open={contact.open} /> : ""],
        ["Hours", contact.hours ? `${hoursText(contact.hours)}, ${contact.homeZone ?? "zone unknown"}` : ""],
        ["Organisation", contact.organisation],
        ["Called as", contact.roles.map((role) => CONTACT_ROLE_WORDS[role]).join(", ")],
        ["Languages", contact.languages.join(", ")],
        [
          "Answers for",
          <span className="mono" key="for">
            {contact.answersFor.join(", ")}
          </span>,
        ],
        [
          "PGP",
          <span className="mono" key="pgp">
            {contact.pgpFingerprint}
          </span>,
        ],
        [
          "PGP key",
          contact.pgpKey ? <CopyButton key="key" text={contact.pgpKey} label="Copy the PGP key" /> : "",
        ],
        ["Valid until", contact.validUntil ? utcDay(contact.validUntil) : ""],
        [
          "Verified",
          verified
            ? `${utcDay(verified.at)} by ${verified.by}, ${age} ago: ${verified.how}`
            : "never: try it before you need it",
        ],
        ["Notes", contact.notes],
      ]}
    />
  );
}

function VerifyForm({ contact }: { readonly contact: Contact }) {
  const [how, setHow] = useState("");
  const verify = useChange("contact.verify", "contact");
  return (
    <Form
      verb="Verified now"
      ready={how.trim() !== ""}
      pending={verify.isPending}
      fault={verify.error}
      onSubmit={() => verify.mutate({ contact: contact.id, how })}
    >
      <TextField
        label="How it was verified"
        placeholder="called, answered at once"
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
      />
    </Form>
  );
}

function ChangeForm({ contact }: { readonly contact: Contact }) {
  const [fields, setFields] = useState(fieldsOf(contact));
  const save = useChange("contact.change", "contact");
  return (
    <Form
      verb="Save"
      ready={fields.name.trim() !== ""}
      pending={save.isPending}
      fault={save.error}
      onSubmit={() => save.mutate({ contact: contact.id, seen: contact.changedSeq, ...inputOf(fields) })}
    >
      <ContactFieldsForm
        value={fields}
        onChange={setFields}
        complaints={save.error ? asRefusal(save.error).complaints : {}}
      />
    </Form>
  );
}

const IMPORT_HELP =
  "A CSV file with a column name, vCards (3.0 or 4.0), a team’s RFC 2350 document, or a security.txt that has not expired. The form is told from the file.";

/** Shows what a file of contacts would add and change, and does it when told to. */
export function ImportContactsPanel() {
  const look = useChange("contact.import", undefined);
  const bring = useChange("contact.import", undefined);
  return (
    <ImportPanel
      title="Import contacts"
      help={IMPORT_HELP}
      accepts=".csv,.tsv,.vcf,.txt,text/*"
      noun={["contact", "contacts"]}
      look={look}
      bring={bring}
      onLook={(text) => look.mutate({ text, apply: false })}
      onBring={(text) => bring.mutate({ text, apply: true })}
      onClose={useLeave()}
    />
  );
}
