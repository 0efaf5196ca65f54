export { BlobMismatch } from "./bag-writer.ts";
export { renderReport } from "./report.ts";
export { type ReportEntry, readReportEntry } from "./report-entry.ts";
export type { CaseFileBlob, CaseFileEntry, CaseFileSource } from "./source.ts";
export { writeCaseFile } from "./write.ts";
