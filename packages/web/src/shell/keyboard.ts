import { useEffect, useRef } from "react";

/** A key as written in the key map: `l`, `?`, `shift+l`, `ctrl+k`, `escape`, `enter`, `g 3`. */
export type KeyName = string;

type Handler = (event: KeyboardEvent) => void;

const handlers = new Map<KeyName, Handler[]>();
const OFF_SWITCH = "jumpkit.single-keys";
let prefix = "";

/** Whether single letters act outside text fields; off is remembered in this browser (WCAG 2.1.4). */
export function singleKeysAct(): boolean {
  return localStorage.getItem(OFF_SWITCH) !== "off";
}

/** Turns the single letters on or off for this browser; combinations with Ctrl stay. */
export function letSingleKeysAct(on: boolean): void {
  if (on) localStorage.removeItem(OFF_SWITCH);
  else localStorage.setItem(OFF_SWITCH, "off");
}

/** Lets `name` call `handler` while the component is shown; of several, the one shown last wins. */
export function useKey(name: KeyName, handler: Handler | undefined): void {
  const latest = useRef(handler);
  latest.current = handler;
  const active = handler !== undefined;
  useEffect(() => {
    if (!active) return;
    const call: Handler = (event) => latest.current?.(event);
    handlers.set(name, [...(handlers.get(name) ?? []), call]);
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((other) => other !== call),
      );
    };
  }, [name, active]);
}

/** Starts listening; gives back what stops it. */
export function listenForKeys(): () => void {
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  if (!name.startsWith("ctrl+") && isTakenBy(event.target, name)) return;
  const full = prefix === "" ? name : `${prefix} ${name}`;
  prefix = prefix === "" && name === "g" ? "g" : "";
  const handler = handlers.get(full)?.at(-1);
  if (handler === undefined) return;
  event.preventDefault();
  handler(event);
}

/** Whether a key without Ctrl belongs to what has the focus: an open dialog, a field, a link, a button. */
function isTakenBy(target: EventTarget | null, name: KeyName): boolean {
  if (document.querySelector("dialog[open]") !== null) return true;
  if (name === "escape") return false;
  const presses = name === "enter" || name === " ";
  if (presses && target instanceof Element && target.closest("a, button, summary") !== null) return true;
  return isTypedInto(target) || (name.length === 1 && !singleKeysAct());
}

function nameOf(event: KeyboardEvent): KeyName {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return `ctrl+${key}`;
  return event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key;
}

function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
