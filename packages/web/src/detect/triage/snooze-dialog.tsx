import { type Instant, stampNow } from "@jumpkit/core";
import { useState } from "react";
import { serverNow } from "../../api/server-time.ts";
import { utcText } from "../../ui/moment-text.ts";
import { TextField } from "../../ui/text-field.tsx";
import { useZone } from "../../ui/zone.ts";
import { DecisionDialog } from "./decision-dialog.tsx";
import { laterTimes, timeInZone } from "./later-times.ts";
import type { Decision } from "./use-decisions.ts";

/** Asks until when a sign is put off; the zone is one's own unless another is typed. */
export function SnoozeDialog({
  about,
  onDecide,
  onClose,
}: {
  readonly about: string;
  readonly onDecide: (decision: Decision) => void;
  readonly onClose: () => void;
}) {
  const own = useZone();
  const [now] = useState(serverNow);
  const times = laterTimes(now, own);
  const [marked, setMarked] = useState(times[0]?.id);
  const [typed, setTyped] = useState("");
  const [zone, setZone] = useState(own);
  const typedMs = typed === "" ? undefined : timeInZone(typed, zone);
  const snooze = (unixMs: number) => {
    const until = stampNow(new Date(unixMs).toISOString() as Instant, zone);
    onDecide({ verb: "snooze", until });
  };
  return (
    <DecisionDialog
      title={`Until when? ${about}`}
      verb="Snooze"
      answers={times.map(({ id, label, unixMs }) => ({
        id,
        label,
        why: utcText(new Date(unixMs).toISOString()),
      }))}
      marked={typed === "" ? marked : undefined}
      ready={typed === "" || typedMs !== undefined}
      onMark={(id) => {
        setMarked(id);
        setTyped("");
      }}
      onAnswer={(id) => {
        const chosen = times.find((time) => time.id === id)?.unixMs ?? typedMs;
        if (chosen !== undefined) snooze(chosen);
      }}
      onClose={onClose}
    >
      <div className="fields pair">
        <TextField
          label="Another time"
          type="datetime-local"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TextField
          label="In the zone"
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
        />
      </div>
      {typed === "" ? null : (
        <p className="meta" role="status">
          {typedMs === undefined
            ? "That is no time in a known zone."
            : `That is ${utcText(new Date(typedMs).toISOString())}.`}
        </p>
      )}
    </DecisionDialog>
  );
}
