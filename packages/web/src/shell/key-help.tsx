import "./key-help.css";
import { Dialog } from "../ui/dialog.tsx";
import { Keys } from "../ui/keys.tsx";
import { KEY_MAP } from "./key-map.ts";
import { SingleKeysSwitch } from "./single-keys-switch.tsx";

/** The key map, and the switch that turns single letters off for those who dictate. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <ul className="key-help">
        {KEY_MAP.map(([keys, does]) => (
          <li key={keys}>
            <span>{does}</span>
            <Keys of={keys} />
          </li>
        ))}
      </ul>
      <SingleKeysSwitch />
    </Dialog>
  );
}
