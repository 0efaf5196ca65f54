import { wordsOf } from "../../api/call.ts";
import { Refusal, UNREACHABLE } from "../../api/refusal.ts";

/**
 * Sends a file through a source as it is read, never held in memory; resolves when every byte is safe.
 *
 * `XMLHttpRequest`, because `fetch` tells no progress.
 */
export function sendFile(source: string, file: File, onProgress: (loaded: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => reject(new Refusal(0, UNREACHABLE));
    request.onload = () => {
      if (request.status === 202) resolve();
      else reject(new Refusal(request.status, wordsOf(request.status, bodyOf(request.responseText))));
    };
    request.open("PUT", `/v1/intake/${source}?name=${encodeURIComponent(file.name.slice(0, 255))}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
    onProgress(0);
  });
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
