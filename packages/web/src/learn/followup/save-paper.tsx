import { useMutation } from "@tanstack/react-query";
import { saveBlob } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { followupAddress } from "./followup-queries.ts";

/** Saves the report as a PDF file and tells the digest of the very bytes that were saved. */
export function SavePaper({ incident, marking }: { readonly incident: string; readonly marking: string }) {
  const saving = useMutation({
    mutationFn: async () => {
      const reply = await fetch(followupAddress(incident, marking));
      if (!reply.ok)
        throw new Error("The report could not be made. Load the page again, then try once more.");
      const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "")?.[1];
      const bytes = await reply.arrayBuffer();
      saveBlob(name ?? "report.pdf", new Blob([bytes], { type: "application/pdf" }));
      return digestOf(bytes);
    },
  });
  return (
    <>
      {saving.isError ? <span role="alert">{saving.error.message}</span> : null}
      {saving.data === undefined ? null : (
        <span className="meta" role="status">
          saved <Digest value={saving.data} label="the digest of the file" />
        </span>
      )}
      <Button weight="primary" disabled={saving.isPending} onClick={() => saving.mutate()}>
        {saving.isPending ? "Making the PDF …" : "Save as PDF"}
      </Button>
    </>
  );
}

/** SHA-256 in hexadecimal digits; nothing where the browser has no such function, as without TLS. */
async function digestOf(bytes: ArrayBuffer): Promise<string | undefined> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
