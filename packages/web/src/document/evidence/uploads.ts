import type { UploadId } from "@jumpkit/core";
import { useCallback, useSyncExternalStore } from "react";
import { wordsOf } from "../../api/call.ts";
import { Refusal, UNREACHABLE } from "../../api/refusal.ts";

/** A file on its way to an incident, or arrived: hashed and safe on disk, waiting for its item. */
export type Upload = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly startedMs: number;
  readonly state: "sending" | "hashing" | "arrived" | "failed";
  readonly arrived?: { readonly upload: UploadId; readonly sha256: string };
  readonly fault?: Refusal;
};

const uploads = new Map<string, { readonly upload: Upload; readonly request: XMLHttpRequest }>();
const listeners = new Set<() => void>();

/** The upload to an incident that this page runs; it goes on while other pages are looked at. */
export function useUpload(incident: string): Upload | undefined {
  return useSyncExternalStore(
    useCallback((listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }, []),
    () => uploads.get(incident)?.upload,
  );
}

/** Sends `file` as it is read, never held in memory. `XMLHttpRequest`, because `fetch` tells no progress. */
export function startUpload(incident: string, file: File): void {
  stopUpload(incident);
  const request = new XMLHttpRequest();
  const begun: Upload = {
    name: file.name,
    sizeBytes: file.size,
    sentBytes: 0,
    startedMs: Date.now(),
    state: "sending",
  };
  uploads.set(incident, { upload: begun, request });
  const update = (change: Partial<Upload>) => {
    const running = uploads.get(incident);
    if (running?.request !== request) return;
    uploads.set(incident, { request, upload: { ...running.upload, ...change } });
    tell();
  };
  request.upload.onprogress = ({ loaded }) => update({ sentBytes: loaded });
  request.upload.onload = () => update({ sentBytes: file.size, state: "hashing" });
  request.onerror = () => update({ state: "failed", fault: new Refusal(0, UNREACHABLE) });
  request.onload = () => {
    const body = parse(request.responseText);
    if (request.status === 200) update({ state: "arrived", arrived: body as NonNullable<Upload["arrived"]> });
    else update({ state: "failed", fault: new Refusal(request.status, wordsOf(request.status, body)) });
  };
  request.open("PUT", `/v1/upload/${incident}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.send(file);
  tell();
}

/** Stops an upload, or forgets one that has arrived or failed. */
export function stopUpload(incident: string): void {
  uploads.get(incident)?.request.abort();
  uploads.delete(incident);
  tell();
}

/** The bytes a second so far and the milliseconds left at that rate. */
export function uploadRate(
  upload: Upload,
  now: number,
): { readonly bytesPerSecond: number; readonly leftMs: number } {
  const elapsedMs = Math.max(1, now - upload.startedMs);
  const bytesPerSecond = (upload.sentBytes / elapsedMs) * 1000;
  const left = upload.sizeBytes - upload.sentBytes;
  return {
    bytesPerSecond,
    leftMs: bytesPerSecond === 0 ? Number.POSITIVE_INFINITY : (left / bytesPerSecond) * 1000,
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
