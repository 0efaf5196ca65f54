import { useSyncExternalStore } from "react";

import { forgetOnlookers, hearOnlookers } from "./presence.ts";

/** Whether this page hears the server: `live`, or `lost` since a moment in milliseconds since 1970. */
export type Link =
  | { readonly state: "connecting" | "live" }
  | { readonly state: "lost"; readonly since: number };

/** A hint that something changed; it names the thing and says nothing about it. */
export type Hint = { readonly topic: string; readonly id: string };

const RETRY_MS = 3000;

let link: Link = { state: "connecting" };
const listeners = new Set<() => void>();

/** The state of the live stream. */
export function useLink(): Link {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => link,
  );
}

/**
 * Listens to the live stream until the function given back is called.
 *
 * @param onHint    called for each change the viewer may know of
 * @param onResync  called when anything may have changed: at the beginning and after every loss
 */
export function listenLive(onHint: (hint: Hint) => void, onResync: () => void): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  connect();
  return () => {
    clearTimeout(retry);
    source?.close();
    setLink({ state: "connecting" });
  };

  function connect(): void {
    source = new EventSource("/v1/live");
    source.onopen = () => setLink({ state: "live" });
    source.addEventListener("resync", () => {
      forgetOnlookers();
      onResync();
    });
    source.addEventListener("presence", (message: MessageEvent<string>) => hearOnlookers(message.data));
    source.addEventListener("change", (message: MessageEvent<string>) => {
      const hint = parseHint(message.data);
      if (hint !== undefined) onHint(hint);
    });
    source.onerror = () => {
      if (link.state !== "lost") setLink({ state: "lost", since: Date.now() });
      // The browser comes back by itself unless the server answered with a refusal, such as to a session that ended.
      if (source?.readyState !== EventSource.CLOSED) return;
      onResync();
      retry = setTimeout(connect, RETRY_MS);
    };
  }
}

function parseHint(data: string): Hint | undefined {
  try {
    const hint: unknown = JSON.parse(data);
    if (typeof hint !== "object" || hint === null || !("topic" in hint)) return undefined;
    return { topic: String(hint.topic), id: "id" in hint ? String(hint.id) : "" };
  } catch {
    return undefined;
  }
}

function setLink(next: Link): void {
  link = next;
  for (const listener of listeners) listener();
}
