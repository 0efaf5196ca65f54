import { useRef } from "react";
import { useKey } from "../../shell/keyboard.ts";
import type { SignRow } from "./triage-answers.ts";

/** The keys of the queue: J and K move, X and Shift with them select, one letter for each verb, U takes back. */
export function useQueueKeys({
  signs,
  chosen,
  may,
  selected,
  onSelect,
  onChoose,
  onAccept,
  onAsk,
  onUndo,
}: {
  readonly signs: readonly SignRow[];
  readonly chosen: number;
  readonly may: boolean;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onChoose: (id: string) => void;
  readonly onAccept: () => void;
  readonly onAsk: (what: "merge" | "dismiss" | "snooze") => void;
  readonly onUndo: (() => void) | undefined;
}): void {
  const some = signs.length > 0;
  // Where the open sign was taken out of the queue, the next one is that which stands in its place.
  const near = useRef(0);
  if (chosen >= 0) near.current = chosen;
  const to = (step: number): SignRow | undefined => {
    const from = chosen >= 0 ? chosen : near.current - Math.max(step, 0);
    return signs[Math.min(signs.length - 1, Math.max(0, from + step))];
  };
  const move = (step: number) => {
    const sign = to(step);
    if (sign !== undefined) onChoose(sign.id);
  };
  const extend = (step: number) => {
    const ids = [signs[chosen]?.id, to(step)?.id].filter((id) => id !== undefined);
    onSelect(new Set([...selected, ...ids]));
    move(step);
  };
  const toggle = () => {
    const id = signs[chosen]?.id;
    if (id === undefined) return;
    const after = new Set(selected);
    if (!after.delete(id)) after.add(id);
    onSelect(after);
  };
  useKey("j", some ? () => move(1) : undefined);
  useKey("k", some ? () => move(-1) : undefined);
  useKey("shift+j", some ? () => extend(1) : undefined);
  useKey("shift+k", some ? () => extend(-1) : undefined);
  useKey("x", some ? toggle : undefined);
  useKey("enter", some ? () => openStory(signs[chosen]?.id, onChoose) : undefined);
  useKey("a", some && may ? onAccept : undefined);
  useKey("m", some && may ? () => onAsk("merge") : undefined);
  useKey("d", some && may ? () => onAsk("dismiss") : undefined);
  useKey("s", some && may ? () => onAsk("snooze") : undefined);
  useKey("u", onUndo);
  useKey("escape", selected.size > 0 ? () => onSelect(new Set()) : undefined);
}

/** Goes over to the story, so that the arrows scroll it; on a phone it takes the place of the queue. */
function openStory(id: string | undefined, onChoose: (id: string) => void): void {
  if (id === undefined) return;
  onChoose(id);
  document.getElementById("story-title")?.focus();
}
