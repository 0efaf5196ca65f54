import "../../ui/panel.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assetIdOf, incidentIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { type Isolation, isolationsQuery, type Spare, sparesQuery } from "../contain-queries.ts";

/**
 * The hot spares that matter here: those in use in this incident, and those that can stand in for what it cuts
 * off. Nothing where there is none, and for those who may not look things up.
 */
export function SparesInUse({ incident, open }: { readonly incident: string; readonly open: boolean }) {
  const reads = useNowAnswer().may.some((row) => row.action === "asset.read" && row.effect === "permitted");
  const { data: spares } = useQuery({ ...sparesQuery(), enabled: reads });
  const { data: isolations } = useQuery(isolationsQuery(incident));
  const standing = (isolations ?? []).filter(
    (each) => each.care !== "not_needed" || each.state === "requested",
  );
  const cut = new Map(standing.flatMap((each) => (each.target.asset ? [[each.target.asset, each]] : [])));
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
          hosts={spare.standsInFor.flatMap((asset) => cut.get(asset) ?? [])}
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
  readonly hosts: readonly Isolation[];
}) {
  const [steps, setSteps] = useState(false);
  const [connected, setConnected] = useState<Isolation>();
  const over = useChange("spare.switch_over", "spare", () => setConnected(undefined));
  const back = useChange("spare.switch_back", "spare");
  const switchOver = ({ target }: Isolation, notCut: string) => {
    if (target.asset === null) return;
    const asset = assetIdOf(target.asset);
    over.mutate({ spare: spare.id, incident: incidentIdOf(incident), asset, notCut });
  };
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
      {connected === undefined ? null : (
        <StillConnected
          isolation={connected}
          pending={over.isPending}
          fault={over.error}
          onDone={() => setConnected(undefined)}
          onSaid={(notCut) => switchOver(connected, notCut)}
        />
      )}
      <RefusalNotice fault={(connected === undefined ? over.error : null) ?? back.error} />
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
        {open && spare.inUse === null && connected === undefined
          ? hosts.map((host) => (
              <Button
                key={host.id}
                disabled={over.isPending}
                onClick={() => (isCutOff(host) ? switchOver(host, "") : setConnected(host))}
              >
                Switched over for {host.target.name}
              </Button>
            ))
          : null}
      </Verbs>
    </div>
  );
}

function isCutOff({ state }: Isolation): boolean {
  return state === "done" || state === "verified";
}

/** Asks why a host that a spare takes over from stays connected. */
function StillConnected({
  isolation,
  pending,
  fault,
  onSaid,
  onDone,
}: {
  readonly isolation: Isolation;
  readonly pending: boolean;
  readonly fault: unknown;
  readonly onSaid: (why: string) => void;
  readonly onDone: () => void;
}) {
  const [why, setWhy] = useState("");
  const { name } = isolation.target;
  return (
    <Form
      verb={`Switched over for ${name}`}
      ready={why.trim() !== ""}
      pending={pending}
      fault={fault}
      onCancel={onDone}
      onSubmit={() => onSaid(why)}
    >
      <TextField
        label={`${name} is not cut off. Why?`}
        description="Or cut it off first and write that down above: what two hosts serve at once, both may change."
        autoFocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </Form>
  );
}
