import { parseInstant, type Stamp, withOffset } from "../../kernel/time.ts";
import type { AttackVector } from "../../kernel/vector.ts";
import type { Ongoing, Origin } from "../incident/incident.ts";
import type { Sign } from "../sign/sign.ts";

const MAX_TITLE = 300;
const MAX_SIGNS_TOLD = 20;

/**
 * What is known of an incident that begins with signs: title and summary from the first, and a guess at how it
 * got in. Nobody has confirmed anything yet, so the rest is *unknown*.
 *
 * @param signs  at least one, the one that names the incident first
 */
export function incidentFrom(signs: readonly Sign[]) {
  const [first] = signs;
  if (first === undefined) throw new RangeError("An incident begins with at least one sign");
  const told = signs.slice(0, MAX_SIGNS_TOLD).map(summaryOf);
  const more = signs.length - told.length;
  return {
    title: titleOf(first),
    description: [...told, ...(more > 0 ? [`And ${more} more.`] : [])]
      .join("\n\n")
      .slice(0, 20_000)
      .toWellFormed(),
    ongoing: "unknown" as Ongoing,
    origin: "unknown" as Origin,
    vector: vectorGuess(first),
    tlp: "TLP:AMBER" as const,
    stamp: stampOf(signs),
  };
}

function titleOf({ title, rule, entity }: Sign): string {
  const words = title.replaceAll(/\s+/g, " ").trim().slice(0, MAX_TITLE).toWellFormed();
  return words === "" ? `${rule.name || rule.id || "A sign"} at ${entity}`.slice(0, MAX_TITLE) : words;
}

function summaryOf(sign: Sign): string {
  const { title, rule, entity, firstAt, lastAt, count, severity, addresses } = sign;
  const facts = [
    `Rule: ${rule.name === rule.id || rule.name === "" ? rule.id : `${rule.name} (${rule.id})`}`,
    `About: ${entity}`,
    `Seen: ${firstAt} to ${lastAt}, ${count} ${count === 1 ? "event" : "events"}`,
    ...(severity === "" ? [] : [`Severity by its source: ${severity}`]),
    ...addresses
      .slice(0, 20)
      .map(({ value, role, port }) => `Address: ${value}${port === null ? "" : ` port ${port}`} (${role})`),
  ];
  return `${title}\n${facts.join("\n")}`.slice(0, 4000);
}

/** From when the earliest sign was seen, in UTC. */
function stampOf(signs: readonly Sign[]): Stamp {
  const first = signs.reduce((a, b) => (b.firstAt < a.firstAt ? b : a));
  const instant = parseInstant(first.firstAt);
  const zone = "UTC";
  const at = instant === undefined ? first.firstAt : withOffset(instant, zone);
  return { at, zone, precision: "second", said: first.timeAsWritten.slice(0, 200).toWellFormed() };
}

/** Words of a rule that say how something got in; the first that fits wins. */
const HINTS: ReadonlyArray<readonly [AttackVector, RegExp]> = [
  ["email", /\b(e-?mail|mail|phish\w*|smtp|spam|attachment)\b/i],
  ["removable_media", /\b(usb|removable|thumb ?drive|mass storage)\b/i],
  ["loss_or_theft", /\b(lost|stolen|theft)\b/i],
  ["impersonation", /\b(spoof\w*|impersonat\w*|man.in.the.middle|mitm|arp poison\w*|rogue)\b/i],
  ["attrition", /\b(brute.?force\w*|bf|d?dos|denial.of.service|flood\w*|password spray\w*)\b/i],
  [
    "web",
    /\b(https?|web|url|sqli?|sql.?injection|xss|path.?traversal|user.?agent|probing|nginx|apache|wordpress|php)\b/i,
  ],
  ["improper_usage", /\b(policy|torrent|p2p|miner|coinminer|cryptomin\w*)\b/i],
];

/** How it probably got in, by the words of the rule that fired; `unknown` when they do not say. */
export function vectorGuess(sign: Pick<Sign, "rule" | "title" | "fields">): AttackVector {
  const words = `${sign.rule.id} ${sign.rule.name} ${sign.title}`.replaceAll(/[_/.-]/g, " ");
  const hint = HINTS.find(([, pattern]) => pattern.test(words));
  if (hint !== undefined) return hint[0];
  const names = Object.keys(sign.fields);
  return names.some((name) => name.startsWith("http.") || name.startsWith("url.")) ? "web" : "unknown";
}
