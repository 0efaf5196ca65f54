import { localClock, utcClock, zoneName } from "../ui/moment-text.ts";
import { useZone } from "../ui/zone.ts";
import { useNow } from "./now.ts";

/** The UTC clock, which the record uses, and the reader's own clock beside it. */
export function Clocks() {
  const now = useNow();
  const zone = useZone();
  return (
    <span className="clocks mono" title={`${zoneName(now, zone)} (${zone})`}>
      <time dateTime={new Date(now).toISOString()}>
        {utcClock(now).slice(0, 5)}
        <span className="seconds">{utcClock(now).slice(5, 8)}</span>Z
      </time>
      {zone === "UTC" ? null : <span className="local">{localClock(now, zone)}</span>}
    </span>
  );
}
