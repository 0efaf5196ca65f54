const STYLES = {
  clock: ["en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "shortOffset" }],
  short: ["en-GB", { hour: "2-digit", minute: "2-digit" }],
  zone: ["en-GB", { timeZoneName: "long" }],
  day: ["sv-SE", {}],
} as const satisfies Record<string, readonly [string, Intl.DateTimeFormatOptions]>;

/** Making a formatter costs more than a row of the log does: each is made once. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(style: keyof typeof STYLES, zone: string): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  const known = FORMATS.get(key);
  if (known !== undefined) return known;
  const [language, options] = STYLES[style];
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  FORMATS.set(key, format);
  return format;
}

/** `2026-11-22 10:41:07Z` of any RFC 3339 text; the text itself when it is none. */
export function utcText(at: string): string {
  const unixMs = Date.parse(at);
  return Number.isNaN(unixMs) ? at : new Date(unixMs).toISOString().replace("T", " ").replace(/\.\d+/, "");
}

/** `10:41:07Z`, for what is read on the day itself. */
export function utcClock(at: string | number): string {
  return new Date(at).toISOString().slice(11, 19).concat("Z");
}

/** `2026-11-22` in UTC. */
export function utcDay(at: string | number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * The same moment on the wall of `zone`: `11:41:07 GMT+1`, with the day in front where it is another one
 * than in UTC.
 */
export function localText(at: string, zone: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return "";
  const clock = formatOf("clock", zone).format(moment);
  const day = localDay(moment, zone);
  return day === utcDay(at) ? clock : `${day} ${clock}`;
}

/** `11:41`, the wall clock of `zone`. */
export function localClock(unixMs: number, zone: string): string {
  return formatOf("short", zone).format(unixMs);
}

/** `Central European Standard Time`, for the tip and for who cannot see the page. */
export function zoneName(at: string | number, zone: string): string {
  const parts = formatOf("zone", zone).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

function localDay(moment: Date, zone: string): string {
  return formatOf("day", zone).format(moment);
}

/** `45 s`, `12 min`, `2 h 14 min`, `3 d 4 h`: the two units that matter. Negative counts as none. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
