export { configurationLine } from "./prepare/configuration/compare.ts";
export { serviceLines } from "./prepare/configuration/services.ts";
export {
  type CheckOutcome,
  type CheckRequest,
  checkMasterCopy,
  compareManifests,
  planOf,
} from "./prepare/master-copy/check.ts";
export {
  type CreateRequest,
  createMasterCopy,
  type PreparedCreate,
  prepareCreate,
} from "./prepare/master-copy/create.ts";
export { digestsIn } from "./prepare/master-copy/digests.ts";
export {
  approveEnvelope,
  type Envelope,
  type EnvelopeDemands,
  isDay,
  type MasterCopyStatement,
  prepareEnvelope,
  readEnvelope,
  unmetDemands,
} from "./prepare/master-copy/envelope.ts";
export {
  exportManifest,
  type ImportFacts,
  importList,
} from "./prepare/master-copy/exchange/exchange.ts";
export { type KeyFiles, makeKey, readPublicKey, readSecretKey } from "./prepare/master-copy/key.ts";
export {
  type ManifestHeader,
  ManifestRefused,
  type ManifestTrailer,
} from "./prepare/master-copy/manifest.ts";
export { examineManifest, fileSha256, readManifestOf } from "./prepare/master-copy/manifest-file.ts";
export {
  countEntries,
  type Observed,
  type ObserveSettings,
} from "./prepare/master-copy/observe.ts";
export { reportJson, reportLines, sawEverything, verdictOf } from "./prepare/master-copy/report.ts";
export { reviewOf, scanManifest } from "./prepare/master-copy/review.ts";
export {
  type CheckFacts,
  listeningOf,
  openDifferences,
  sealCheck,
} from "./prepare/master-copy/sealed-check.ts";
export { programOnPath } from "./prepare/program.ts";
