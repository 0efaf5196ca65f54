import { rounded } from "./statistics.mjs";

/**
 * One measured figure beside its bar.
 *
 * @param bar  `{ atMost }` or `{ atLeast }` in the figure's unit; `{}` for a figure that only explains
 */
export function figure(what, value, unit, bar = {}) {
  return { what, value: rounded(value), unit, ...bar, verdict: verdict(value, bar) };
}

/** A figure that could not be measured here, and why. */
export function notMeasured(what, why) {
  return { what, value: "not measured:", unit: why, verdict: "" };
}

function verdict(value, { atMost, atLeast }) {
  if (atMost === undefined && atLeast === undefined) return "";
  return value <= (atMost ?? Number.POSITIVE_INFINITY) && value >= (atLeast ?? 0) ? "within" : "beyond";
}

/** The bar of a figure in words; empty for one that has none. */
export function barOf({ atMost, atLeast, unit }) {
  if (atMost !== undefined) return `≤ ${atMost} ${unit}`;
  return atLeast === undefined ? "" : `≥ ${atLeast} ${unit}`;
}
