export { type ClosedMail, closedIn } from "./coordinate/mail/closed.ts";
export { MAIL_HEAD_BYTES, readMail } from "./coordinate/mail/read.ts";
export { type Limits, type Part, type ReadPart, readPart, type Window } from "./detect/part.ts";
export type { Read } from "./detect/record.ts";
export type { Paper, PaperBlock, PaperColumn } from "./kernel/pdf/paper.ts";
export { writePdf } from "./kernel/pdf/write.ts";
export {
  CONTACT_FORMATS,
  type ContactFormat,
  contactFormatOf,
  readContacts,
} from "./prepare/contact/read.ts";
export { readTable, type TableRow, type Unreadable } from "./prepare/table.ts";
