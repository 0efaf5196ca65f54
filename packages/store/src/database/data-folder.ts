import { join } from "node:path";

/** Where things lie inside a data folder. Every path is absolute if the folder's is. */
export type DataFolder = {
  readonly root: string;
  /** What belongs to the embedded database. It exists exactly if the database in it is complete. */
  readonly database: string;
  readonly blobs: string;
  /** The server's secret keys; never part of a backup unless asked for. */
  readonly keys: string;
  /** The last published checkpoint of each log, outside the database. */
  readonly checkpoints: string;
};

/** The layout of the data folder `root`; nothing is created. */
export function dataFolder(root: string): DataFolder {
  return {
    root,
    database: join(root, "database"),
    blobs: join(root, "blobs"),
    keys: join(root, "keys"),
    checkpoints: join(root, "checkpoints"),
  };
}
