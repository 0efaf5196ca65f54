import { TLP_COLOURS } from "@jumpkit/core";

/**
 * Every colour of the product, once for the light and once for the dark design.
 *
 * Neutrals carry the page; `accent` says *you can act here*; the rest are states and never stand without a
 * word or a shape. Red is kept for `critical` and for what cannot be undone. Values are `#RRGGBB`.
 */
export type Palette = {
  /** The page behind everything. */
  readonly page: string;
  /** What is read and written on. */
  readonly surface: string;
  /** The rail, table heads, code: one step behind the surface. */
  readonly sunken: string;
  /** What floats: dialogs, menus, the palette. */
  readonly raised: string;
  readonly hover: string;
  readonly selected: string;
  /** Hairlines that only group. */
  readonly line: string;
  /** Edges of what can be typed in or pressed. */
  readonly edge: string;
  readonly text: string;
  readonly meta: string;
  readonly accent: string;
  readonly accentFill: string;
  readonly accentFillHover: string;
  readonly onAccent: string;
  readonly focus: string;
  /** The strip inside an incident. */
  readonly strip: string;
  readonly onStrip: string;
  readonly onStripMeta: string;
  readonly stripLine: string;
  readonly critical: string;
  readonly criticalSoft: string;
  readonly criticalFill: string;
  readonly onCritical: string;
  readonly high: string;
  readonly highSoft: string;
  readonly medium: string;
  readonly mediumSoft: string;
  readonly low: string;
  readonly lowSoft: string;
  readonly ok: string;
  readonly okSoft: string;
  readonly warn: string;
  readonly warnSoft: string;
};

/** The light design: white paper on a cool desk, ink almost black, one deep blue-teal. */
export const light: Palette = {
  page: "#F3F5F6",
  surface: "#FFFFFF",
  sunken: "#EBEFF1",
  raised: "#FFFFFF",
  hover: "#E9F0F2",
  selected: "#DCEBEF",
  line: "#D8DFE3",
  edge: "#748189",
  text: "#14212A",
  meta: "#4F5E68",
  accent: "#0A5A72",
  accentFill: "#0B5F78",
  accentFillHover: "#084A5E",
  onAccent: "#FFFFFF",
  focus: "#0B7A99",
  strip: "#12232D",
  onStrip: "#F1F6F8",
  onStripMeta: "#A9BBC5",
  stripLine: "#33474F",
  critical: "#B01212",
  criticalSoft: "#FCE9E7",
  criticalFill: "#B01212",
  onCritical: "#FFFFFF",
  high: "#914100",
  highSoft: "#FDEDDD",
  medium: "#6B5300",
  mediumSoft: "#FAF1CC",
  low: "#3B5566",
  lowSoft: "#E6EDF1",
  ok: "#17623A",
  okSoft: "#E1F2E7",
  warn: "#7F4300",
  warnSoft: "#FFF1D9",
};

/** The dark design: a room at night. Surfaces step up in light, states are bright words on deep tints. */
export const dark: Palette = {
  page: "#0C1216",
  surface: "#131B20",
  sunken: "#0F161A",
  raised: "#1B262D",
  hover: "#1C2930",
  selected: "#16333D",
  line: "#26343C",
  edge: "#71828D",
  text: "#E7EDF0",
  meta: "#9DADB7",
  accent: "#6CC6DC",
  accentFill: "#57B4CC",
  accentFillHover: "#7CCBDF",
  onAccent: "#04191F",
  focus: "#7AD2E8",
  strip: "#20323C",
  onStrip: "#F1F6F8",
  onStripMeta: "#B2C3CC",
  stripLine: "#3E5460",
  critical: "#FF8A80",
  criticalSoft: "#3A1617",
  criticalFill: "#FF8A80",
  onCritical: "#2B0505",
  high: "#FFB067",
  highSoft: "#38220E",
  medium: "#EACB5A",
  mediumSoft: "#302A10",
  low: "#A5BECD",
  lowSoft: "#1D2A32",
  ok: "#7FD3A0",
  okSoft: "#12301F",
  warn: "#FFBE6B",
  warnSoft: "#35250D",
};

/** TLP 2.0 as FIRST prescribes: these letters on `onBlack`, in both designs, and nowhere else. */
export const tlp = { onBlack: "#000000", ...TLP_COLOURS } as const;

/** A pair of tokens that the style sheets put together, and the contrast it must reach. */
export type UsedPair = {
  readonly ink: keyof Palette;
  readonly ground: keyof Palette;
  readonly ratio: number;
};

const GROUNDS = ["page", "surface", "sunken", "raised", "hover", "selected"] as const;
const STATES = ["critical", "high", "medium", "low", "ok", "warn"] as const;

/**
 * Every pair in use: body text at least 7:1, meta, links and states 4.5:1, edges and focus rings 3:1.
 *
 * @source WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11
 */
export const USED_PAIRS: readonly UsedPair[] = [
  ...GROUNDS.flatMap((ground): UsedPair[] => [
    { ink: "text", ground, ratio: 7 },
    { ink: "meta", ground, ratio: 4.5 },
    { ink: "accent", ground, ratio: 4.5 },
    { ink: "focus", ground, ratio: 3 },
    { ink: "edge", ground, ratio: 3 },
  ]),
  ...STATES.flatMap((state): UsedPair[] => [
    { ink: state, ground: `${state}Soft`, ratio: 4.5 },
    { ink: "text", ground: `${state}Soft`, ratio: 7 },
    { ink: state, ground: "surface", ratio: 4.5 },
    { ink: state, ground: "page", ratio: 4.5 },
    { ink: state, ground: "raised", ratio: 4.5 },
    { ink: state, ground: "hover", ratio: 4.5 },
    { ink: state, ground: "selected", ratio: 4.5 },
  ]),
  { ink: "onAccent", ground: "accentFill", ratio: 4.5 },
  { ink: "onAccent", ground: "accentFillHover", ratio: 4.5 },
  { ink: "onCritical", ground: "criticalFill", ratio: 4.5 },
  { ink: "onStrip", ground: "strip", ratio: 7 },
  { ink: "onStripMeta", ground: "strip", ratio: 4.5 },
];
