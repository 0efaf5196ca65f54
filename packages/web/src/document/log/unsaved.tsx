import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { UnsavedLine } from "./outbox.ts";

/** How long a line may be on its way before it counts as not saved. */
const SILENT_MS = 1500;

/** Says loudly what is not saved, and keeps the text in sight. A line on its way for the first time is silent. */
export function Unsaved({
  lines,
  onTakeBack,
}: {
  readonly lines: readonly UnsavedLine[];
  readonly onTakeBack: (line: UnsavedLine) => void;
}) {
  useNow();
  const late = lines.filter((line) => line.refused !== undefined || Date.now() - line.enteredMs > SILENT_MS);
  if (late.length === 0) return null;
  return (
    <div className="dock-unsaved">
      {late.map((line) => (
        <Notice
          key={line.key}
          tone="warn"
          title={
            line.refused ? `Not saved. ${line.refused.message}` : "Not saved yet. The server does not answer."
          }
          verb={
            line.refused ? (
              <Button onClick={() => onTakeBack(line)}>Take it back into the field</Button>
            ) : null
          }
        >
          <p className="words">{line.input.text}</p>
          <p className="meta">
            {line.refused?.next ?? "Kept in this browser and tried again every five seconds."}
          </p>
        </Notice>
      ))}
    </div>
  );
}
