import { useState } from "react";
import { incidentIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { Cost, Ledger } from "./cost-queries.ts";
import { amountText, formulaText, kindWord, spreadText } from "./cost-words.ts";

/** The costs of an incident, with how each came about; what was taken back is struck out. */
export function LedgerTable({
  incident,
  ledger,
  currency,
}: {
  readonly incident: string;
  readonly ledger: Ledger;
  readonly currency: string;
}) {
  const [taking, setTaking] = useState<string>();
  return (
    <div className="table-wrap">
      <table className="table tall cost-table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">What</th>
            <th scope="col">How</th>
            <th scope="col" className="number">
              {currency}
            </th>
            <th scope="col">
              <span className="unseen">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ledger.items.map((cost) => (
            <CostRow
              key={cost.cost}
              incident={incident}
              cost={cost}
              taking={taking === cost.cost}
              onTake={(open) => setTaking(open ? cost.cost : undefined)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CostRow({
  incident,
  cost,
  taking,
  onTake,
}: {
  readonly incident: string;
  readonly cost: Cost;
  readonly taking: boolean;
  readonly onTake: (open: boolean) => void;
}) {
  const about = [kindWord(cost.kind), cost.personName, cost.assetName]
    .filter((text) => text !== "")
    .join(", ");
  const spread = spreadText(cost.amount);
  return (
    <tr className={cost.reversed === null ? "" : "cost-struck"}>
      <td className="mono">{cost.day}</td>
      <td>
        <span className="cost-what">{cost.what}</span>
        <br />
        <span className="meta">{about}</span>
        {cost.reversed === null ? null : (
          <>
            <br />
            <span className="cost-reason">
              Taken back by {cost.reversed.by}: {cost.reversed.reason}
            </span>
          </>
        )}
      </td>
      <td>
        {formulaText(cost)}
        {cost.basis === "" ? null : (
          <>
            <br />
            <span className="meta">{cost.basis}</span>
          </>
        )}
      </td>
      <td className="number">
        {amountText(cost.amount.likely)}
        {spread === "" ? null : (
          <>
            <br />
            <span className="meta">{spread}</span>
          </>
        )}
      </td>
      <td>
        {cost.reversed === null && !taking ? (
          <Button weight="plain" onClick={() => onTake(true)}>
            Take back
          </Button>
        ) : null}
        {taking ? <TakeBack incident={incident} cost={cost} onDone={() => onTake(false)} /> : null}
      </td>
    </tr>
  );
}

function TakeBack({
  incident,
  cost,
  onDone,
}: {
  readonly incident: string;
  readonly cost: Cost;
  readonly onDone: () => void;
}) {
  const [reason, setReason] = useState("");
  const reverse = useChange("cost.reverse", "incident", onDone);
  return (
    <Form
      verb="Take it back"
      ready={reason.trim() !== ""}
      pending={reverse.isPending}
      fault={reverse.error}
      onCancel={onDone}
      onSubmit={() => reverse.mutate({ incident: incidentIdOf(incident), cost: cost.cost, reason })}
    >
      <TextField
        label="Why it does not hold"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
