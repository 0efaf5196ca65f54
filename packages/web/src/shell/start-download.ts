import { readFile } from "../api/call.ts";

/** Lets the browser save what is at `address`, without leaving the page. */
export function startDownload(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

/** Lets the browser save `text` as a file. */
export function saveText(fileName: string, mediaType: string, text: string): void {
  saveBlob(fileName, new Blob([text], { type: mediaType }));
}

/**
 * Lets the browser save the file at `address`, once it is here: unlike a link, it can say why there is none.
 *
 * @returns what the bytes are that were saved
 * @throws Refusal
 */
export async function saveFileAt(
  address: string,
): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const reply = await readFile(address);
  const bytes = await reply.blob();
  const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "")?.[1];
  saveBlob(name ?? "document.pdf", bytes);
  return { sha256: digestIn(reply.headers.get("repr-digest") ?? ""), sizeBytes: bytes.size };
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

function saveBlob(fileName: string, bytes: Blob): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
