import { TLP_COLOURS, type Tlp } from "@jumpkit/core";
import type { Entry } from "../../api/contract.ts";

/** The labels that a line can have of its own, least restricted first. */
export const LINE_LABELS = (Object.keys(TLP_COLOURS) as Tlp[]).map((label) => ({ value: label, label }));

/** The label that a line has of its own; `undefined` where it stands under that of the incident. */
export function ownLabelOf({ body }: Pick<Entry, "body">): Tlp | undefined {
  return LINE_LABELS.find(({ value }) => value === body["tlp"])?.value;
}
