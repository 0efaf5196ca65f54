import type { SourceKind } from "@jumpkit/core";
import { readEve } from "./eve/parse.ts";
import type { ReadRecord } from "./record.ts";

/** How one record of each kind of source is read. */
export const READERS: { readonly [Kind in SourceKind]?: ReadRecord } = {
  suricata_eve: readEve,
};
