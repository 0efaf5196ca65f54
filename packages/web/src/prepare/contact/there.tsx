import { useNow } from "../../shell/now.ts";
import { localClock } from "../../ui/moment-text.ts";

/** What time it is where somebody is, and whether they answer now. */
export function There({ zone, open }: { readonly zone: string | null; readonly open: boolean | null }) {
  const now = useNow();
  if (zone === null) return null;
  const answers = open === true ? ", open" : ", closed";
  return (
    <span className="there">
      there it is <span className="mono">{localClock(now, zone)}</span>
      {open === null ? "" : answers}
    </span>
  );
}
