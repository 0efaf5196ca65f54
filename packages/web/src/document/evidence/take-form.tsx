import "./take-form.css";
import { useNavigate, useParams } from "@tanstack/react-router";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { usePageTitle } from "../../ui/page-title.ts";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { IdentificationFields } from "./identification-fields.tsx";
import { emptyTake, rememberPlace, stillMissing, takeInput } from "./take-draft.ts";
import { UploadField } from "./upload-field.tsx";
import { stopUpload, useUpload } from "./uploads.ts";

const WAYS = [
  { value: "file", label: "A file" },
  { value: "thing", label: "A physical item" },
] as const;

/** Takes a file or a thing into custody, with everything that tells it from any other. */
export function TakeForm() {
  usePageTitle("Take evidence");
  const { incident } = useParams({ from: "/in/incidents/$incident/evidence/take" });
  const navigate = useNavigate();
  const upload = useUpload(incident);
  const [draft, setDraft, discard] = useDraft(`take.${incident}`, emptyTake());
  const collect = useChange("evidence.collect", "incident", async ({ item }) => {
    rememberPlace(draft.place);
    stopUpload(incident);
    discard();
    await navigate({ to: "/incidents/$incident/evidence/$item", params: { incident, item } });
  });
  useKey("escape", () => void navigate({ to: "/incidents/$incident/evidence", params: { incident } }));
  const missing = stillMissing(draft, upload);
  return (
    <form
      className="take"
      aria-label="Take evidence"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined && !collect.isPending) collect.mutate(takeInput(incident, draft, upload));
      }}
    >
      <div>
        <h2>Take evidence</h2>
        <p className="quiet">You become its first custodian, from now on.</p>
      </div>
      <ChoiceField
        label="What do you take?"
        choices={WAYS}
        value={draft.as}
        onChange={(as) => setDraft({ ...draft, as, kind: as === "file" ? "file" : "device" })}
      />
      {draft.as === "file" ? <UploadField incident={incident} /> : null}
      <IdentificationFields
        value={draft}
        onChange={setDraft}
        complaints={collect.error ? asRefusal(collect.error).complaints : {}}
      />
      <RefusalNotice fault={collect.error} />
      <Verbs>
        <Button type="submit" weight="primary" large disabled={missing !== undefined || collect.isPending}>
          Take it into custody
        </Button>
        <span className="meta">{missing ?? "What is empty goes on the form as not known."}</span>
      </Verbs>
    </form>
  );
}
