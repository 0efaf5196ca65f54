import "./profile-page.css";
import { useState } from "react";
import type { Person } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { SchemeSwitch } from "../../shell/scheme-switch.tsx";
import { SingleKeysSwitch } from "../../shell/single-keys-switch.tsx";
import { Button } from "../../ui/button.tsx";
import { LogOut } from "../../ui/icons.ts";
import { utcClock } from "../../ui/moment-text.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { CardSection } from "../approval/card-section.tsx";
import { Delegations } from "../delegation/delegations.tsx";
import { ROLE_WORDS } from "../people/role-words.ts";
import { PasskeysSection } from "./passkeys-section.tsx";
import { PersonFieldsForm } from "./person-fields.tsx";
import { ProviderSection } from "./provider-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { signOut } from "./sign-out.ts";
import { TokensSection } from "./tokens-section.tsx";

/** Who one is to the record, how one signs in, how this browser looks and listens, and the way out. */
export function ProfilePage() {
  const { person } = useNowAnswer();
  return (
    <>
      <PageHead title={person.name} under={person.roles.map((role) => ROLE_WORDS[role]).join(", ")}>
        <Button icon={LogOut} onClick={() => void signOut()}>
          Sign out
        </Button>
      </PageHead>
      <div className="profile">
        <section aria-label="What the record shows of you">
          <h2>What the record shows of you</h2>
          <Details key={person.changedSeq} person={person} />
        </section>
        <Delegations person={person} heading="h2" />
        <SecondFactorSection />
        <PasskeysSection />
        <ProviderSection />
        <CardSection />
        <SessionsSection />
        <TokensSection />
        <section aria-label="This browser">
          <h2>This browser</h2>
          <SchemeSwitch />
          <SingleKeysSwitch />
        </section>
      </div>
    </>
  );
}

function Details({ person }: { readonly person: Person }) {
  const [fields, setFields] = useState({
    name: person.name,
    title: person.title,
    phone: person.phone,
    zone: person.zone,
    email: person.email,
  });
  const save = useChange("profile.change", undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { name: _, ...said } = fields;
        save.mutate({ seen: person.changedSeq, ...said });
      }}
    >
      <PersonFieldsForm
        nameFixed
        value={fields}
        onChange={setFields}
        complaints={save.error ? asRefusal(save.error).complaints : {}}
      />
      <RefusalNotice fault={save.error} />
      <Verbs>
        <Button type="submit" weight="primary" disabled={save.isPending}>
          Save
        </Button>
        <span className="meta" role="status">
          {save.data ? `saved ${utcClock(save.data.recorded[0]?.recordedAt ?? Date.now())}` : ""}
        </span>
      </Verbs>
    </form>
  );
}
