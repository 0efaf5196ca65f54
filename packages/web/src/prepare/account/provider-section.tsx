import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { factorQuery, providerQuery } from "./own-queries.ts";
import { LastUsed, OwnThing, OwnThings } from "./own-things.tsx";
import { FaultOrProof } from "./proof.tsx";
import { leaveForProvider } from "./provider-calls.ts";

/** Accounts at a provider that sign one in; nothing where there is no provider and no account. */
export function ProviderSection() {
  const client = useQueryClient();
  const { data: provider } = useQuery(providerQuery);
  const { data } = useQuery(factorQuery);
  const unlink = useChange("identity.unlink", "identity", () =>
    client.invalidateQueries({ queryKey: factorQuery.queryKey }),
  );
  const leave = useMutation({ mutationFn: () => leaveForProvider(true, "/profile") });
  const identities = data?.identities ?? [];
  const name = provider?.name ?? null;
  if (name === null && identities.length === 0) return null;
  return (
    <section aria-label="Accounts elsewhere">
      <h2>Accounts elsewhere</h2>
      <p className="quiet">
        {name === null
          ? "This server asks no provider any more: these accounts sign nobody in."
          : `Sign in with your account at ${name} instead of the passphrase. A second factor is asked for all the same.`}
      </p>
      <OwnThings>
        {identities.map((identity) => (
          <OwnThing
            key={identity.id}
            name={identity.issuer}
            about={
              <span className="meta">
                linked <Moment at={identity.linkedAt} />
                <LastUsed at={identity.lastUsedAt} />
              </span>
            }
            remove={{
              label: "Remove",
              isPending: unlink.isPending,
              run: () => unlink.mutate({ identity: identity.id }),
            }}
          />
        ))}
      </OwnThings>
      <FaultOrProof
        fault={unlink.error}
        onProved={() => unlink.variables && unlink.mutate(unlink.variables)}
      />
      {name === null ? null : (
        <Verbs>
          <Button onClick={() => leave.mutate()} disabled={leave.isPending}>
            Link your account at {name}
          </Button>
        </Verbs>
      )}
      <FaultOrProof fault={leave.error} onProved={() => leave.mutate()} />
    </section>
  );
}
