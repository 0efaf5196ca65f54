import "../../ui/panel.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assetIdOf, incidentIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { assetQuery } from "../../prepare/register/register-queries.ts";
import { Button } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { isolationsQuery, type Spare, sparesQuery } from "../contain-queries.ts";

/**
 * The hot spares that matter here: those in use in this incident, and those that can stand in for what it cuts
 * off. Nothing where there is none, and for those who may not look things up.
 */
export function SparesInUse({ incident, open }: { readonly incident: string; readonly open: boolean }) {
  const reads = useNowAnswer().may.some((row) => row.action === "asset.read" && row.effect === "permitted");
  const { data: spares } = useQuery({ ...sparesQuery(), enabled: reads });
  const { data: isolations } = useQuery(isolationsQuery(incident));
  const cut = new Set(
    (isolations ?? [])
      .filter((each) => each.care !== "not_needed" || each.state === "requested")
      .flatMap(({ target }) => target.asset ?? []),
  );
  const shown = (spares ?? []).filter(
    (spare) => spare.inUse?.incident === incident || spare.standsInFor.some((asset) => cut.has(asset)),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-label="Hot spares">
      <h2>Hot spares</h2>
      {shown.map((spare) => (
        <SpareHere
          key={spare.id}
          spare={spare}
          incident={incident}
          open={open}
          hosts={spare.standsInFor.filter((asset) => cut.has(asset))}
        />
      ))}
    </section>
  );
}

function SpareHere({
  spare,
  incident,
  open,
  hosts,
}: {
  readonly spare: Spare;
  readonly incident: string;
  readonly open: boolean;
  readonly hosts: readonly string[];
}) {
  const [steps, setSteps] = useState(false);
  const over = useChange("spare.switch_over", "spare");
  const back = useChange("spare.switch_back", "spare");
  const here = spare.inUse?.incident === incident;
  return (
    <div className="panel-section">
      <h3>{spare.name}</h3>
      <Facts
        of={[
          ["Keeps", spare.kept],
          ["Does not have", spare.lost],
          ["Last tried", spare.triedAt ? <Moment key="t" at={spare.triedAt} /> : "never"],
          ["Stands in for", spare.inUse?.host],
          ["How to switch", steps ? spare.howToSwitch : ""],
        ]}
      />
      <RefusalNotice fault={over.error ?? back.error} />
      <Verbs>
        {steps ? null : (
          <Button weight="plain" onClick={() => setSteps(true)}>
            How to switch
          </Button>
        )}
        {here ? (
          <Button disabled={back.isPending} onClick={() => back.mutate({ spare: spare.id })}>
            Switched back
          </Button>
        ) : null}
        {open && spare.inUse === null
          ? hosts.map((asset) => (
              <Button
                key={asset}
                disabled={over.isPending}
                onClick={() =>
                  over.mutate({
                    spare: spare.id,
                    incident: incidentIdOf(incident),
                    asset: assetIdOf(asset),
                  })
                }
              >
                Switched over for <HostName asset={asset} />
              </Button>
            ))
          : null}
      </Verbs>
    </div>
  );
}

function HostName({ asset }: { readonly asset: string }) {
  const { data } = useQuery(assetQuery(asset));
  return <>{data?.name ?? "this host"}</>;
}
