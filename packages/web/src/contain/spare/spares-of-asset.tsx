import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assetIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { type Spare, sparesQuery } from "../contain-queries.ts";

/** The hot spares that can stand in for an asset; for those who may, how to register one. */
export function SparesOfAsset({ asset, mayManage }: { readonly asset: string; readonly mayManage: boolean }) {
  const { data: spares } = useQuery(sparesQuery(asset));
  const [adding, setAdding] = useState(false);
  if (spares === undefined || (spares.length === 0 && !mayManage)) return null;
  return (
    <section className="panel-section" aria-label="Hot spare">
      <div className="panel-section-head">
        <h3>Hot spare</h3>
        {mayManage && !adding ? (
          <Button weight="plain" onClick={() => setAdding(true)}>
            Register one
          </Button>
        ) : null}
      </div>
      {spares.length === 0 ? <p className="quiet">Nothing stands in for it when it is cut off.</p> : null}
      {spares.map((spare) => (
        <OneSpare key={spare.id} spare={spare} mayManage={mayManage} />
      ))}
      {adding ? <RegisterForm asset={asset} onDone={() => setAdding(false)} /> : null}
    </section>
  );
}

function OneSpare({ spare, mayManage }: { readonly spare: Spare; readonly mayManage: boolean }) {
  const change = useChange("spare.change", "spare");
  const retire = useChange("spare.retire", "spare");
  const { id, name, asset, standsInFor, kept, lost, howToSwitch, changedSeq: seen } = spare;
  return (
    <>
      <Facts
        of={[
          ["Name", name],
          ["Keeps", kept],
          ["Does not have", lost],
          ["How to switch", howToSwitch],
          ["Last tried", spare.triedAt ? <Moment key="t" at={spare.triedAt} utcOnly /> : "never"],
          ["In use for", spare.inUse?.host],
        ]}
      />
      <RefusalNotice fault={change.error ?? retire.error} />
      {mayManage ? (
        <Verbs>
          <Button
            disabled={change.isPending}
            onClick={() =>
              change.mutate({
                ...{ spare: id, seen, name, asset, standsInFor, kept, lost, howToSwitch },
                triedAt: new Date().toISOString(),
              })
            }
          >
            Tried just now
          </Button>
          <Button
            weight="plain"
            disabled={retire.isPending}
            onClick={() => retire.mutate({ spare: id, seen, reason: "" })}
          >
            Retire it
          </Button>
        </Verbs>
      ) : null}
    </>
  );
}

const EMPTY = { name: "", kept: "", lost: "", howToSwitch: "" };

function RegisterForm({ asset, onDone }: { readonly asset: string; readonly onDone: () => void }) {
  const [said, setSaid] = useState(EMPTY);
  const register = useChange("spare.register", undefined, onDone);
  const set = (part: Partial<typeof EMPTY>) => setSaid({ ...said, ...part });
  return (
    <Form
      verb="Register the spare"
      ready={said.name.trim() !== "" && said.kept.trim() !== "" && said.howToSwitch.trim() !== ""}
      pending={register.isPending}
      fault={register.error}
      onCancel={onDone}
      onSubmit={() => register.mutate({ ...said, standsInFor: [assetIdOf(asset)] })}
    >
      <TextField
        label="Name of the spare"
        mono
        value={said.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextField
        label="What goes on with it"
        value={said.kept}
        onChange={(event) => set({ kept: event.currentTarget.value })}
      />
      <TextField
        label="What it does not have"
        value={said.lost}
        onChange={(event) => set({ lost: event.currentTarget.value })}
      />
      <TextArea
        label="How to switch over and back"
        value={said.howToSwitch}
        onChange={(event) => set({ howToSwitch: event.currentTarget.value })}
      />
    </Form>
  );
}
