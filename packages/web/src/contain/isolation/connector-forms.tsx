import { type Unfit, whyUnfit } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { connectorsQuery, type Isolation } from "../contain-queries.ts";

/** The connectors that can cut this off; nothing where the operator set up none of its kind. */
export function ConnectorForms({ isolation }: { readonly isolation: Isolation }) {
  const { data: all = [] } = useQuery(connectorsQuery);
  const [looked, setLooked] = useState("");
  const run = useChange("connector.run", "isolation");
  const last = isolation.runs.at(-1);
  const ofKind = all.filter((each) => each.for.includes(isolation.target.kind));
  if (ofKind.length === 0 || last?.outcome === null) return null;
  const mustLook = last?.outcome === "unknown";
  return (
    <section className="panel-section" aria-label="Through a connector">
      <h3>Through a connector</h3>
      {mustLook ? (
        <TextField
          label="What did you see at the device?"
          description="Nobody knows what the last run did. If it is cut off, write that down below instead."
          value={looked}
          onChange={(event) => setLooked(event.currentTarget.value)}
        />
      ) : null}
      <ul className="connector-list">
        {ofKind.map((connector) => {
          const why = whyUnfit(connector, isolation.target);
          const { name } = connector;
          return (
            <li key={name}>
              <span>
                {connector.says}
                {why ? <span className="meta"> {UNFIT[why]}</span> : null}
              </span>
              <Button
                disabled={why !== undefined || run.isPending || (mustLook && looked.trim() === "")}
                onClick={() => run.mutate({ isolation: isolation.id, connector: name, looked })}
              >
                Run {name}
              </Button>
            </li>
          );
        })}
      </ul>
      <RefusalNotice fault={run.error} />
    </section>
  );
}

const UNFIT: Readonly<Record<Unfit, string>> = {
  another_kind: "It serves another kind of target.",
  no_address: "It needs an address, and the register knows none.",
  reads_as_option: "It would read this name as an option.",
};
