export {
  type CreateRequest,
  createMasterCopy,
  type PreparedCreate,
  prepareCreate,
} from "./prepare/master-copy/create.ts";
export { ManifestRefused } from "./prepare/master-copy/manifest.ts";
export {
  countEntries,
  type Observed,
  type ObserveSettings,
  programOnPath,
} from "./prepare/master-copy/observe.ts";
