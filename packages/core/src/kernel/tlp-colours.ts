import type { Tlp } from "./tlp.ts";

/**
 * The colour of each label's letters, which always stand on black.
 *
 * Apart from the labels, because every page draws them and must not load the rules for it.
 *
 * @source FIRST TLP 2.0
 */
export const TLP_COLOURS = {
  "TLP:CLEAR": "#FFFFFF",
  "TLP:GREEN": "#33FF00",
  "TLP:AMBER": "#FFC000",
  "TLP:AMBER+STRICT": "#FFC000",
  "TLP:RED": "#FF2B2B",
} as const satisfies Readonly<Record<Tlp, string>>;
