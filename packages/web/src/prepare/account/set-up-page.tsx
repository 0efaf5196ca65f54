import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asRefusal } from "../../api/refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { setUp } from "./account-calls.ts";
import { AccountFrame } from "./account-frame.tsx";
import { PassphraseField } from "./passphrase-field.tsx";
import { emptyPerson, PersonFieldsForm } from "./person-fields.tsx";

/**
 * Names the organisation and its first person.
 *
 * The token stands behind `#` in the link, which browsers send to no server and no server logs.
 */
export function SetUpPage() {
  const [token] = useState(() => location.hash.slice(1));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [house, setHouse] = useState({ organisation: "", codePrefix: "JK" });
  const [person, setPerson] = useState(emptyPerson);
  const [account, setAccount] = useState({ signInName: "", passphrase: "" });
  const attempt = useMutation({
    mutationFn: () => setUp({ token, ...house, ...person, ...account }),
    onSuccess: async () => {
      client.clear();
      await navigate({ to: "/policy" });
    },
  });
  const complaints = attempt.error ? asRefusal(attempt.error).complaints : {};
  if (token === "") return <NoToken />;
  return (
    <AccountFrame
      wide
      title="Set Jumpkit up"
      under="This link works once. You become manager, lead, handler and administrator."
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        <fieldset className="form-part">
          <legend>Your organisation</legend>
          <div className="fields pair">
            <TextField
              label="Name"
              autoComplete="organization"
              required
              withAsterisk={false}
              autoFocus
              value={house.organisation}
              error={complaints["organisation"]}
              onChange={(event) => setHouse({ ...house, organisation: event.currentTarget.value })}
            />
            <TextField
              label="Incident codes start with"
              description={`The first will be ${house.codePrefix || "JK"}-${new Date().getUTCFullYear()}-0001`}
              mono
              required
              withAsterisk={false}
              value={house.codePrefix}
              error={complaints["codePrefix"]}
              onChange={(event) =>
                setHouse({ ...house, codePrefix: event.currentTarget.value.toUpperCase() })
              }
            />
          </div>
        </fieldset>
        <fieldset className="form-part">
          <legend>You</legend>
          <div className="fields">
            <PersonFieldsForm value={person} onChange={setPerson} complaints={complaints} />
          </div>
        </fieldset>
        <fieldset className="form-part">
          <legend>How you sign in</legend>
          <div className="fields">
            <TextField
              label="Sign-in name"
              description="Small letters, digits, dots and dashes"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              value={account.signInName}
              error={complaints["signInName"]}
              onChange={(event) =>
                setAccount({ ...account, signInName: event.currentTarget.value.toLowerCase() })
              }
            />
            <PassphraseField
              value={account.passphrase}
              words={[house.organisation, person.name, account.signInName].filter((word) => word !== "")}
              wrong={complaints["passphrase"]}
              onChange={(passphrase) => setAccount({ ...account, passphrase })}
            />
          </div>
        </fieldset>
        <RefusalNotice fault={attempt.error} />
        <Verbs>
          <Button type="submit" weight="primary" large disabled={attempt.isPending}>
            Set up and read the policy
          </Button>
        </Verbs>
      </form>
    </AccountFrame>
  );
}

function NoToken() {
  return (
    <AccountFrame title="Set Jumpkit up">
      <Notice tone="warn" title="This address lacks its token.">
        Open the whole link that the server printed when it started. Restart the server to get a new one.
      </Notice>
    </AccountFrame>
  );
}
