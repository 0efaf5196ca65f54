import "./palette.css";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Keys } from "../ui/keys.tsx";
import { type Action, findActions, useActions } from "./actions.ts";

/** Finds every verb by typing a part of it; those one may not do are there too, with the reason. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = findActions(useActions(), query);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const run = (action: Action | undefined) => {
    if (action?.run === undefined || action.refused !== undefined) return;
    onClose();
    action.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((chosen + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(found[chosen]);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Command palette"
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={onKeyDown}
    >
      <div className="palette-frame">
        <input
          className="palette-input"
          role="combobox"
          aria-label="What do you want to do?"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined}
          placeholder="What do you want to do?"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
        />
        {found.length === 0 ? (
          <p className="palette-nothing">No verb has all these words. Try fewer of them.</p>
        ) : null}
        <div className="palette-list" role="listbox" aria-label="Verbs" id={id} ref={list}>
          {found.map((action, at) => (
            <PaletteRow
              key={action.id}
              id={`${id}-${at}`}
              at={at}
              action={action}
              heading={found[at - 1]?.group === action.group ? undefined : action.group}
              chosen={at === chosen}
              onPoint={() => setChosen(at)}
              onRun={() => run(action)}
            />
          ))}
        </div>
      </div>
    </dialog>
  );
}

function PaletteRow({
  id,
  at,
  action,
  heading,
  chosen,
  onPoint,
  onRun,
}: {
  readonly id: string;
  readonly at: number;
  readonly action: Action;
  readonly heading: string | undefined;
  readonly chosen: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}) {
  return (
    <>
      {heading ? (
        <div className="palette-group" role="presentation">
          {heading}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the active option */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter is handled by the combobox */}
      <div
        id={id}
        data-at={at}
        className="palette-action"
        role="option"
        aria-selected={chosen}
        aria-disabled={action.refused !== undefined}
        onPointerMove={onPoint}
        onClick={onRun}
      >
        <span className="title">{action.title}</span>
        {action.keys ? <Keys of={action.keys} /> : null}
        {action.refused || action.note ? <span className="why">{action.refused ?? action.note}</span> : null}
      </div>
    </>
  );
}
