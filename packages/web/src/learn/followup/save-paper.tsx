import { useMutation } from "@tanstack/react-query";
import { newKey, perform } from "../../api/call.ts";
import { incidentIdOf } from "../../api/ids.ts";
import { saveBlob } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
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
      const { sha256, sizeBytes } = await download(followupAddress(incident, marking));
      const said = { incident: incidentIdOf(incident), marking, sha256, sizeBytes };
      await perform("followup.save", "incident", said, newKey());
      return sha256;
    },
  });
  return (
    <>
      {saving.isError ? <span role="alert">{saving.error.message}</span> : null}
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

async function download(address: string): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error("The report could not be made. Load the page again, then try once more.");
  const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "")?.[1];
  const bytes = await reply.arrayBuffer();
  saveBlob(name ?? "report.pdf", new Blob([bytes], { type: "application/pdf" }));
  return { sha256: digestIn(reply.headers.get("repr-digest") ?? ""), sizeBytes: bytes.byteLength };
}

/**
 * The SHA-256 that an answer bears, in hexadecimal digits. A browser without TLS has no function to work it out.
 *
 * @source RFC 9530 §3
 */
function digestIn(field: string): string {
  const text = /sha-256=:([A-Za-z0-9+/=]+):/.exec(field)?.[1] ?? "";
  return Array.from(atob(text), (each) => each.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
