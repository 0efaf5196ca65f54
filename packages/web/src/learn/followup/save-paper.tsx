import { useMutation } from "@tanstack/react-query";
import { newKey, perform } from "../../api/call.ts";
import { incidentIdOf } from "../../api/ids.ts";
import { saveFileAt } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { type Followup, followupAddress } from "./followup-queries.ts";

/** Saves the report as a PDF file, writes that down, and tells the digest of the very bytes that were saved. */
export function SavePaper({
  incident,
  marking,
}: {
  readonly incident: string;
  readonly marking: Followup["marking"];
}) {
  const saving = useMutation({
    mutationFn: async () => {
      const { sha256, sizeBytes } = await saveFileAt(followupAddress(incident, marking));
      const said = { incident: incidentIdOf(incident), marking, sha256, sizeBytes };
      await perform("followup.save", "incident", said, newKey());
      return sha256;
    },
  });
  return (
    <>
      <RefusalNotice fault={saving.error} />
      {saving.data === undefined ? null : (
        <span className="meta" role="status">
          saved <Digest value={saving.data} label="the digest of the file" />; its saving is on record
        </span>
      )}
      <Button weight="primary" disabled={saving.isPending} onClick={() => saving.mutate()}>
        {saving.isPending ? "Making the PDF …" : "Save as PDF"}
      </Button>
    </>
  );
}
