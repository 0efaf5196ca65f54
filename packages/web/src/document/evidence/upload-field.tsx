import "./upload-field.css";
import { sizeText } from "@jumpkit/core";
import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { Icon } from "../../ui/icon.tsx";
import { FileUp } from "../../ui/icons.ts";
import { durationText } from "../../ui/moment-text.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { startUpload, stopUpload, type Upload, uploadRate, useUpload } from "./uploads.ts";

/** Takes a file by choosing or dropping it, and shows how far it has come. */
export function UploadField({ incident }: { readonly incident: string }) {
  const upload = useUpload(incident);
  if (upload !== undefined) return <UploadState upload={upload} onStop={() => stopUpload(incident)} />;
  return (
    <FileDrop onFile={(file) => startUpload(incident, file)}>
      <Icon of={FileUp} size={20} />
      <span>
        <b>Choose a file</b> or drop it here
      </span>
      <span className="meta">Hashed and encrypted by the server while it arrives. It is never opened.</span>
    </FileDrop>
  );
}

function UploadState({ upload, onStop }: { readonly upload: Upload; readonly onStop: () => void }) {
  return (
    <div className="upload-state">
      <div className="upload-line">
        <span>
          <span className="mono">{upload.name}</span>{" "}
          <span className="meta">{sizeText(upload.sizeBytes)}</span>
        </span>
        <Button onClick={onStop}>{upload.state === "sending" ? "Stop" : "Take another file"}</Button>
      </div>
      {upload.state === "sending" ? <Sending upload={upload} /> : null}
      {upload.state === "hashing" ? (
        <p className="meta">All sent; the server makes it safe on disk.</p>
      ) : null}
      {upload.arrived ? (
        <div className="upload-line">
          <Tag tone="ok" shape="check">
            Safe on the server
          </Tag>
          <span className="meta">
            SHA-256 <Digest value={upload.arrived.sha256} label="the SHA-256" />
          </span>
        </div>
      ) : null}
      <RefusalNotice fault={upload.fault} />
    </div>
  );
}

function Sending({ upload }: { readonly upload: Upload }) {
  useNow();
  const { bytesPerSecond, leftMs } = uploadRate(upload, Date.now());
  return (
    <>
      <ProgressBar
        value={upload.sentBytes}
        max={Math.max(1, upload.sizeBytes)}
        label={`Sending ${upload.name}`}
      />
      <p className="meta">
        {sizeText(upload.sentBytes)} of {sizeText(upload.sizeBytes)} · {sizeText(Math.round(bytesPerSecond))}
        /s · {Number.isFinite(leftMs) ? `${durationText(leftMs)} left` : "starting"}
      </p>
    </>
  );
}
