import { useSyncExternalStore } from "react";
import { serverNow } from "../api/server-time.ts";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = serverNow();

/** Milliseconds since 1970 by the server's clock, new at every second; one timer serves the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  current = serverNow();
  for (const listener of listeners) listener();
}
