import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { makePasskey, passkeysWorkHere } from "./account-calls.ts";
import { factorQuery } from "./own-queries.ts";
import { LastUsed, OwnThing, OwnThings } from "./own-things.tsx";
import { FaultOrProof } from "./proof.tsx";

/** Passkeys: made by this browser, a phone or a security key, each under a name. */
export function PasskeysSection() {
  const client = useQueryClient();
  const { data } = useQuery(factorQuery);
  const [name, setName] = useState("");
  const refresh = () => client.invalidateQueries({ queryKey: factorQuery.queryKey });
  const add = useChange("passkey.add", "passkey", async () => {
    setName("");
    await refresh();
  });
  const make = useMutation({
    mutationFn: makePasskey,
    onSuccess: (passkey) => add.mutate({ passkey: passkey as never, name: name.trim() }),
  });
  const remove = useChange("passkey.remove", "passkey", refresh);
  const passkeys = data?.passkeys ?? [];
  return (
    <section aria-label="Passkeys">
      <h2>Passkeys</h2>
      <p className="quiet">
        Your device or a security key signs in for you, alone or after the passphrase. A false page gets
        nothing from it.
      </p>
      <OwnThings>
        {passkeys.map((passkey) => (
          <OwnThing
            key={passkey.id}
            name={passkey.name}
            about={
              <span className="meta">
                made <Moment at={passkey.madeAt} />
                <LastUsed at={passkey.lastUsedAt} />
              </span>
            }
            remove={{
              label: "Remove",
              isPending: remove.isPending,
              run: () => remove.mutate({ passkey: passkey.id }),
            }}
          />
        ))}
      </OwnThings>
      <FaultOrProof
        fault={remove.error}
        onProved={() => remove.variables && remove.mutate(remove.variables)}
      />
      {passkeysWorkHere() ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <TextField
            label="Name of a new passkey"
            placeholder="such as: the phone, the key on my ring"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Verbs>
            <Button type="submit" disabled={name.trim() === "" || make.isPending || add.isPending}>
              Add a passkey
            </Button>
          </Verbs>
        </form>
      ) : (
        <p className="meta">
          Browsers keep passkeys for names. Open this page as http://localhost or by the server's name to add
          one.
        </p>
      )}
      <FaultOrProof fault={make.error ?? add.error} onProved={() => make.mutate()} />
    </section>
  );
}
