import * as z from "zod";

/**
 * The Traffic Light Protocol labels, least restricted first.
 *
 * @source FIRST TLP 2.0
 */
export const TLP_LABELS = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"] as const;
export const Tlp = z.enum(TLP_LABELS);
export type Tlp = z.infer<typeof Tlp>;
