import "./single-keys-switch.css";
import { useState } from "react";
import { letSingleKeysAct, singleKeysAct } from "./keyboard.ts";

/** Turns the single letters on or off for this browser. */
export function SingleKeysSwitch() {
  const [on, setOn] = useState(singleKeysAct);
  return (
    <label className="single-keys-switch">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          letSingleKeysAct(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
      <span>
        Single letters act outside text fields <span className="quiet">· Ctrl K always works</span>
      </span>
    </label>
  );
}
