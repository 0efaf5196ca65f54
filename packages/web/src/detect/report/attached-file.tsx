import { sizeText } from "@jumpkit/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { change, newKey, perform } from "../../api/call.ts";
import type { Report } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { startDownload } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";

type File = Report["messages"][number]["attachments"][number];

/** A file that came with a report: read it with a record of the reading, or make evidence of it. */
export function AttachedFile({ report, file }: { readonly report: Report; readonly file: File }) {
  const read = useChange("report.read", "report", ({ download }) => startDownload(download));
  const take = useTake(report, file);
  return (
    <>
      <p className="file">
        <span className="mono">{file.name}</span>
        <span className="meta">{sizeText(file.sizeBytes)}</span>
        <Digest value={file.sha256} label="the SHA-256" />
        <Button
          disabled={read.isPending}
          onClick={() => read.mutate({ report: report.id, sha256: file.sha256 })}
        >
          Record the reading and download
        </Button>
        {report.incident ? (
          <Button disabled={take.isPending} onClick={() => take.mutate()}>
            Take as evidence
          </Button>
        ) : null}
      </p>
      <RefusalNotice fault={read.error ?? take.error} />
    </>
  );
}

/** Copies the file under the incident's key and takes it into custody, then shows the item. */
function useTake(report: Report, file: File) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      const { incident } = report;
      if (incident === null) throw new Error("Nothing is taken as evidence without an incident");
      const { sha256 } = file;
      const { upload } = await change<{ readonly upload: never }>(
        `/v1/report/${report.id}/attachment`,
        { sha256, incident },
        newKey(),
      );
      const { item } = await perform("evidence.collect", "incident", {
        incident,
        upload,
        what: `${file.name}, attached to report ${report.number}`.slice(0, 300),
        kind: "file",
        foundAt: `Sent with report ${report.number}`,
        place: "Encrypted store of this server",
      });
      return { incident, item };
    },
    onSuccess: (taken) => navigate({ to: "/incidents/$incident/evidence/$item", params: taken }),
  });
}
