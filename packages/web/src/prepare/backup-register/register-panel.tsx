import { useInfiniteQuery } from "@tanstack/react-query";
import { assetIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { assetPagesQuery } from "../register/register-queries.ts";

const EMPTY = { name: "", asset: "", what: "", place: "", every: "24", trial: "90" };
const EVERY = [
  { value: "1", label: "Hour" },
  { value: "24", label: "Day" },
  { value: "168", label: "Week" },
  { value: "720", label: "30 days" },
] as const;
const TRIAL = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "Year" },
] as const;

/** Takes a backup into the register; what was typed survives until it is saved. */
export function RegisterPanel({ onClose }: { readonly onClose: () => void }) {
  const me = useNowAnswer().person;
  const [draft, setDraft, discard] = useDraft("backup", EMPTY);
  const { data: assets } = useInfiniteQuery(assetPagesQuery({}));
  const register = useChange("backup.register", undefined, () => {
    discard();
    onClose();
  });
  useKey("escape", onClose);
  const complaints = register.error ? asRefusal(register.error).complaints : {};
  const set = (part: Partial<typeof EMPTY>) => setDraft({ ...draft, ...part });
  return (
    <Panel title="Register a backup" onClose={onClose}>
      <Form
        verb="Register it"
        ready={draft.name.trim() !== "" && draft.place.trim() !== ""}
        pending={register.isPending}
        fault={register.error}
        says="You answer for it."
        onSubmit={() =>
          register.mutate({
            name: draft.name,
            assets: draft.asset === "" ? [] : [assetIdOf(draft.asset)],
            what: draft.what,
            place: draft.place,
            everyHours: Number(draft.every),
            trialEveryDays: Number(draft.trial),
            owner: me.id,
          })
        }
      >
        <TextField
          label="Name"
          value={draft.name}
          error={complaints["name"]}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <SelectField
          label="Of what"
          placeholder="An asset of the register"
          clearable
          data={(assets?.pages ?? [])
            .flatMap((page) => page.items)
            .map((asset) => ({ value: asset.id, label: asset.name }))}
          value={draft.asset === "" ? null : draft.asset}
          onChange={(asset) => set({ asset: asset ?? "" })}
        />
        <TextField
          label="In words"
          description="What it holds, and what it does not"
          value={draft.what}
          onChange={(event) => set({ what: event.currentTarget.value })}
        />
        <TextField
          label="Where the copies are"
          value={draft.place}
          onChange={(event) => set({ place: event.currentTarget.value })}
        />
        <ChoiceField
          label="It runs every"
          choices={EVERY}
          value={draft.every as (typeof EVERY)[number]["value"]}
          onChange={(every) => set({ every })}
        />
        <ChoiceField
          label="Restoring it is tried every"
          choices={TRIAL}
          value={draft.trial as (typeof TRIAL)[number]["value"]}
          onChange={(trial) => set({ trial })}
        />
      </Form>
    </Panel>
  );
}
