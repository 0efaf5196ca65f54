import { TOKEN_SCOPES, type TokenScope } from "@jumpkit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { ChoicesField } from "../../ui/choice-field.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { tokensQuery } from "./own-queries.ts";
import { LastUsed, OwnThing, OwnThings } from "./own-things.tsx";
import { FaultOrProof } from "./proof.tsx";

/** Tokens by which programs do some of what one may. */
export function TokensSection() {
  const client = useQueryClient();
  const { data: tokens = [] } = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const revoke = useChange("token.revoke", "token", refresh);
  return (
    <section aria-label="Tokens for programs">
      <h2>Tokens for programs</h2>
      <p className="quiet">
        A sensor or script acts in your name with a token: what it was made for, and never more than you may.
      </p>
      <OwnThings>
        {tokens.map((token) => (
          <OwnThing
            key={token.id}
            name={token.name}
            about={
              <>
                <span className="meta mono">{token.scopes.join(", ")}</span>
                <span className="meta">
                  until <Moment at={token.expiresAt} />
                  <LastUsed at={token.lastUsedAt} />
                </span>
              </>
            }
            remove={{
              label: "Revoke",
              isPending: revoke.isPending,
              run: () => revoke.mutate({ token: token.id }),
            }}
          />
        ))}
      </OwnThings>
      <FaultOrProof
        fault={revoke.error}
        onProved={() => revoke.variables && revoke.mutate(revoke.variables)}
      />
      {making ? (
        <NewToken onMade={refresh} onClose={() => setMaking(false)} />
      ) : (
        <Verbs>
          <Button onClick={() => setMaking(true)}>Make a token</Button>
        </Verbs>
      )}
    </section>
  );
}

function NewToken({ onMade, onClose }: { readonly onMade: () => unknown; readonly onClose: () => void }) {
  const { may } = useNowAnswer();
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [scopes, setScopes] = useState<readonly TokenScope[]>([]);
  const make = useChange("token.make", undefined, onMade);
  const send = () => make.mutate({ name: name.trim(), scopes: [...scopes], days: Number(days) });
  if (make.data) return <MadeToken secret={make.data.secret} onClose={onClose} />;
  const titles = new Map<string, string>(may.map((each) => [each.action, each.title]));
  const choices = TOKEN_SCOPES.filter(
    (scope) => scope === "own" || may.some((each) => each.action === scope && each.effect === "permitted"),
  ).map((scope) => ({ value: scope, label: titles.get(scope) ?? OWN, why: scope }));
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          label="What uses it"
          placeholder="such as: the sensor at the gate"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ChoicesField
          label="What it is made for"
          hint="As little as it needs. Only what you may do yourself is listed."
          column
          choices={choices}
          values={scopes}
          onChange={setScopes}
        />
        <TextField
          label="Days until it ends"
          type="number"
          min={1}
          max={366}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <Verbs>
          <Button
            type="submit"
            weight="primary"
            disabled={name.trim() === "" || scopes.length === 0 || make.isPending}
          >
            Make the token
          </Button>
          <Button type="button" onClick={onClose}>
            Not now
          </Button>
        </Verbs>
      </form>
      <FaultOrProof fault={make.error} onProved={send} />
    </>
  );
}

const OWN = "Look at what everybody here sees, such as the list of people";

function MadeToken({ secret, onClose }: { readonly secret: string | null; readonly onClose: () => void }) {
  if (secret === null) {
    return (
      <Notice tone="warn" title="The token was made, but its answer got lost">
        Revoke it and make another one.
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="ok" title="Put this where the program finds it, and nobody else">
        It is shown only now. Whoever has it can do what it was made for, in your name.
      </Notice>
      <p className="secret-text">
        <code>{secret}</code>
        <CopyButton text={secret} label="Copy the token" />
      </p>
      <Verbs>
        <Button onClick={onClose}>I have it</Button>
      </Verbs>
    </>
  );
}
