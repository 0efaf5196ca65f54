import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { IsolateIn } from "../../contain/isolation/isolate-in.tsx";
import { SparesOfAsset } from "../../contain/spare/spares-of-asset.tsx";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { CopyOfAsset } from "../master-copy/copy-of-asset.tsx";
import { AssetFieldsForm, EMPTY_ASSET, fieldsOf, inputOf } from "./asset-fields.tsx";
import { type Asset, assetQuery } from "./register-queries.ts";
import { RetireForm } from "./retire-form.tsx";
import { CRITICALITY_WORDS, KIND_WORDS } from "./words.ts";

function useLeave(): () => void {
  const navigate = useNavigate();
  const search = useSearch({ from: "/in/hosts" });
  const leave = () => void navigate({ to: "/hosts", search });
  useKey("escape", leave);
  return leave;
}

/** Adds an asset; what was typed survives until it is saved. */
export function AddAssetPanel() {
  const leave = useLeave();
  const [draft, setDraft, discard] = useDraft("asset", EMPTY_ASSET);
  const add = useChange("asset.add", undefined, () => {
    discard();
    leave();
  });
  return (
    <Panel title="Add to the register" onClose={leave}>
      <Form
        verb="Add"
        ready={draft.name.trim() !== ""}
        pending={add.isPending}
        fault={add.error}
        onSubmit={() => add.mutate(inputOf(draft, null))}
      >
        <AssetFieldsForm
          value={draft}
          onChange={setDraft}
          complaints={add.error ? asRefusal(add.error).complaints : {}}
        />
      </Form>
    </Panel>
  );
}

/** One asset: whose it is and what depends on it; for those who may, how to change it. */
export function AssetPanel() {
  const leave = useLeave();
  const { asset: id } = useParams({ from: "/in/hosts/$asset" });
  const answer = useQuery(assetQuery(id));
  const mayManage = useMay("asset.manage");
  const retire = useChange("asset.retire", "asset", leave);
  return (
    <Load answer={answer} label="the asset">
      {(asset) => (
        <Panel title={asset.name} onClose={leave}>
          <About asset={asset} />
          <CopyOfAsset asset={asset} />
          {asset.status === "active" ? (
            <>
              <IsolateIn asset={asset.id} name={asset.name} />
              <SparesOfAsset asset={asset.id} mayManage={mayManage} />
            </>
          ) : null}
          {mayManage && asset.status === "active" ? (
            <>
              <ChangeForm key={`change ${asset.changedSeq}`} asset={asset} />
              <RetireForm
                name={asset.name}
                retire={retire}
                onRetire={(reason) => retire.mutate({ asset: asset.id, seen: asset.changedSeq, reason })}
              />
            </>
          ) : null}
        </Panel>
      )}
    </Load>
  );
}

function About({ asset }: { readonly asset: Asset }) {
  return (
    <Facts
      of={[
        ["Kind", KIND_WORDS[asset.kind]],
        ["Criticality", CRITICALITY_WORDS[asset.criticality]],
        ["Production", asset.production ? "yes, others depend on it" : "no"],
        ["Owner", asset.ownerName],
        ["Segment", asset.segmentName],
        ["Constituent", asset.constituentName],
        ["Team", asset.teamName],
        ["For", asset.purpose],
        ["Without it", asset.dependents],
        ["Status", asset.status === "retired" ? "retired" : ""],
      ]}
    />
  );
}

function ChangeForm({ asset }: { readonly asset: Asset }) {
  const [fields, setFields] = useState(fieldsOf(asset));
  const save = useChange("asset.change", "asset");
  return (
    <Form
      verb="Save"
      ready={fields.name.trim() !== ""}
      pending={save.isPending}
      fault={save.error}
      onSubmit={() =>
        save.mutate({ asset: asset.id, seen: asset.changedSeq, ...inputOf(fields, asset.owner.contact) })
      }
    >
      <AssetFieldsForm
        value={fields}
        onChange={setFields}
        complaints={save.error ? asRefusal(save.error).complaints : {}}
      />
    </Form>
  );
}
