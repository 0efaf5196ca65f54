import type { Connector, RunFacts, RunOutcome } from "@jumpkit/core";

/** What a connector did, as far as it can be known, and what it answered. */
export interface RunResult {
  readonly outcome: RunOutcome;
  readonly text: string;
}

/** A connector that can be let loose. */
export interface ReadyConnector {
  readonly connector: Connector;
  /** The secret that a webhook is signed with; absent for commands. */
  readonly secret?: Uint8Array;
}

/** Lets a connector loose once. Never rejects; ends soon after `signal` asks for it. */
export type Run<Kind> = (ready: Kind, facts: RunFacts, signal: AbortSignal) => Promise<RunResult>;

/** How much of an answer is kept. */
export const ANSWER_MAX_BYTES = 16 * 1024;
const TEXT_MAX = 3800;

/** Foreign bytes as text that the log can store: bounded, without control characters but line ends and tabs. */
export function answerText(bytes: Uint8Array): string {
  const text = new TextDecoder()
    .decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .trim();
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX).toWellFormed()} … (cut)`;
}
