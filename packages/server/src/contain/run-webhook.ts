import { createHmac } from "node:crypto";
import { lookup as resolveName } from "node:dns";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isThisMachine, type RunFacts, type WebhookConnector } from "@jumpkit/core";
import { addressesIn } from "../network.ts";
import { ANSWER_MAX_BYTES, answerText, type Run, type RunResult } from "./run-result.ts";

/** Addresses that a name on the network has no business to lead to: this machine, and what is on its link. */
const isOurs = addressesIn(["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::", "::1", "fe80::/10"]);

/**
 * Sends one signed request. Redirects are not followed: they are answers of failure.
 *
 * `Jumpkit-Signature` is `v1=` and the HMAC-SHA256, in hexadecimal, of `timestamp.body` under the secret.
 * A request that never went out has failed; one that went out and was not answered may have worked.
 */
export const runWebhook: Run<{ readonly connector: WebhookConnector; readonly secret: Uint8Array }> = (
  { connector, secret },
  facts,
  signal,
) => {
  const body = JSON.stringify(bodyOf(facts));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const url = new URL(connector.url);
  const send = url.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise<RunResult>((resolve) => {
    let connected = false;
    const request = send(url, {
      method: "POST",
      agent: false,
      lookup: isThisMachine(url.hostname) ? resolveName : elsewhere,
      signal: AbortSignal.any([signal, AbortSignal.timeout(connector.timeoutSeconds * 1000)]),
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "jumpkit",
        "jumpkit-timestamp": timestamp,
        "jumpkit-signature": signatureOf(secret, timestamp, body),
      },
    });
    const ready = url.protocol === "https:" ? "secureConnect" : "connect";
    request.on("socket", (socket) => socket.once(ready, () => (connected = true)));
    request.on("response", (response) => {
      answered(response).then(resolve);
    });
    request.on("error", (error) => {
      const text = `${connected ? "It was sent and not answered" : "It could not be sent"}: ${error.message}`;
      resolve({ outcome: connected ? "unknown" : "failed", text });
    });
    request.end(body);
  });
};

/** What the receiver checks a request with. */
export function signatureOf(secret: Uint8Array, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

function bodyOf({ isolation, run, target }: RunFacts) {
  const { kind, name, addresses } = target;
  return { act: "cut_off", run, isolation, kind, name, addresses };
}

async function answered(response: IncomingMessage): Promise<RunResult> {
  const kept: Buffer[] = [];
  let size = 0;
  try {
    for await (const bytes of response as AsyncIterable<Buffer>) {
      kept.push(bytes.subarray(0, Math.max(0, ANSWER_MAX_BYTES - size)));
      size += bytes.length;
      if (size >= ANSWER_MAX_BYTES) response.destroy();
    }
  } catch {
    // The status has arrived, and it is what counts.
  }
  const status = response.statusCode ?? 0;
  const said = answerText(Buffer.concat(kept));
  const text = `It answered ${status}.${said === "" ? "" : `\n${said}`}`;
  return { outcome: status >= 200 && status < 300 ? "done" : "failed", text };
}

/** Looks a name up and refuses what leads to this machine: only an address that is written so may. */
const elsewhere: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return callback(error, "", 0);
    const ours = found.find(({ address }) => isOurs(address));
    if (ours !== undefined) {
      const refused = new Error(`${hostname} leads to ${ours.address}, which is this machine's own`);
      return callback(refused, "", 0);
    }
    if (options.all) return callback(null, found);
    const [first] = found;
    return callback(null, first?.address ?? "", first?.family ?? 0);
  });
};
