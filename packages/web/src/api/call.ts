import type { OperationInput, OperationName, OperationReply } from "./contract.ts";
import { Refusal, type RefusalBody, UNREACHABLE } from "./refusal.ts";
import { learnServerTime } from "./server-time.ts";

/** Reads `path` and gives back its parsed answer, or throws a `Refusal`. */
export async function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answerOf<Answer>(
    await reach(path, { headers: { accept: "application/json" }, ...(signal && { signal }) }),
  );
}

/** Fetches the file at `path`, or throws a `Refusal`; the answer's headers tell its name and digest. */
export async function readFile(path: string): Promise<Response> {
  const response = await reach(path, {});
  return response.ok ? response : answerOf<never>(response);
}

/** A key under which the server carries out a change once, however often it is sent. */
export function newKey(): string {
  return crypto.randomUUID();
}

/**
 * Sends `body` to `path` as a change and gives back its answer, or throws a `Refusal`.
 *
 * @param key       the same key must be sent again when the same change is tried again
 * @param approval  the consent to spend on it, where the policy wants one
 */
export async function change<Answer>(
  path: string,
  body: unknown,
  key: string = newKey(),
  approval?: string,
): Promise<Answer> {
  const consent = approval === undefined ? {} : { "jumpkit-approval": approval };
  return answerOf<Answer>(
    await reach(path, {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        "idempotency-key": key,
        ...consent,
      },
      body: JSON.stringify(body),
    }),
  );
}

/** Sends a file to `path` as it is, and gives back the parsed answer, or throws a `Refusal`. */
export async function sendFile<Answer>(path: string, file: Blob): Promise<Answer> {
  const headers = { accept: "application/json", "content-type": "application/octet-stream" };
  return answerOf<Answer>(await reach(path, { method: "PUT", headers, body: file }));
}

/** Takes away what is at `path`, or throws a `Refusal`. */
export async function remove(path: string): Promise<void> {
  await answerOf<undefined>(await reach(path, { method: "DELETE" }));
}

/**
 * Carries out an operation, or throws the `Refusal` it ends in.
 *
 * @param thing  the input field that names the thing and so stands in the path; `undefined` for a new thing
 */
export function perform<Name extends OperationName>(
  name: Name,
  thing: (keyof OperationInput<Name> & string) | undefined,
  input: OperationInput<Name>,
  key?: string,
  approval?: string,
): Promise<OperationReply<Name>> {
  const [noun, verb] = name.split(".");
  if (thing === undefined) return change(`/v1/${noun}/${verb}`, input, key, approval);
  const { [thing]: id, ...rest } = input as Record<string, unknown>;
  return change(`/v1/${noun}/${encodeURIComponent(String(id))}/${verb}`, rest, key, approval);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { credentials: "same-origin", redirect: "error", ...init });
    learnServerTime(response.headers.get("date"));
    return response;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Refusal(0, UNREACHABLE);
  }
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const body: unknown = parseJson(await response.text());
  if (response.ok) return body as Answer;
  throw new Refusal(response.status, wordsOf(response.status, body));
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The words of a refused answer, also where a proxy in between answered for the server. */
export function wordsOf(status: number, body: unknown): RefusalBody {
  if (typeof body === "object" && body !== null && "code" in body && "message" in body)
    return body as RefusalBody;
  if (status >= 502 && status <= 504) return UNREACHABLE;
  return { code: "fault", message: `The server answered ${status} without saying why.` };
}
