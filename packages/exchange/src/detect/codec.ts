import type { SourceKind } from "@jumpkit/core";
import { readAccessLog } from "./access-log/parse.ts";
import { readCsvEvent } from "./csv-events/parse.ts";
import { readEve } from "./eve/parse.ts";
import { readJsonEvent } from "./json-events/parse.ts";
import type { ReadRecord } from "./record.ts";
import { type FindRecord, findLine, findRow } from "./split.ts";

/** How the records of a kind of source are told apart, and how each is read. */
export interface Codec {
  readonly find: FindRecord;
  readonly read: ReadRecord;
}

export const CODECS: { readonly [Kind in SourceKind]: Codec } = {
  suricata_eve: { find: findLine, read: readEve },
  web_access: { find: findLine, read: readAccessLog },
  json: { find: findLine, read: readJsonEvent },
  csv: { find: findRow, read: readCsvEvent },
};
