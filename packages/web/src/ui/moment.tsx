import "./moment.css";
import { localText, utcText, zoneName } from "./moment-text.ts";
import { useZone } from "./zone.ts";

/** A moment in UTC with the reader's own clock lighter beside it; the tip names the zone. */
export function Moment({ at, utcOnly = false }: { readonly at: string; readonly utcOnly?: boolean }) {
  const zone = useZone();
  const local = zone === "UTC" ? "" : localText(at, zone);
  const named = local === "" ? undefined : `${local}, ${zoneName(at, zone)} (${zone})`;
  return (
    <time className="moment" dateTime={at} title={named}>
      {utcText(at)}
      {utcOnly || local === "" ? null : <span className="local">{local}</span>}
    </time>
  );
}
