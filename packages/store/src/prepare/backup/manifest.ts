import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Sha256 } from "@jumpkit/core";
import * as z from "zod";
import { BackupRefused } from "./backup-faults.ts";
import { fingerprintOf, namesBelow } from "./hashed-file.ts";

/** The name of the file that tells what a backup holds. */
export const MANIFEST = "manifest.json";

/** The same digests in the form that `sha256sum -c` reads, and the manifest's own. */
export const DIGESTS = "SHA256SUMS";

const Name = z.string().min(1);

/** A path inside the backup: no part of it can lead out or hide. */
const InnerPath = z
  .string()
  .refine((path) =>
    path.split("/").every((part) => part !== "" && !part.startsWith(".") && !/[\\\0\n]/.test(part)),
  );

/** What a backup holds. */
export const BackupManifest = z.object({
  format: z.literal("jumpkit-backup"),
  version: z.literal(1),
  /** The moment it was begun, UTC. What was changed later may be missing. */
  madeAt: z.string(),
  /** The major version of the PostgreSQL that it was read from. Any other may take it. */
  postgresql: z.number().int(),
  /** The structure of the database, as the steps that led to it. */
  migrations: z.array(z.object({ number: z.number().int(), name: z.string(), sha256: Sha256 })),
  tables: z.array(
    z.object({
      schema: Name,
      name: Name,
      columns: z.array(Name).min(1),
      rowCount: z.number().int().nonnegative(),
      file: InnerPath,
    }),
  ),
  sequences: z.array(
    z.object({ schema: Name, name: Name, value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() }),
  ),
  /** Whether the server's secret keys are in it. */
  withKeys: z.boolean(),
  blobCount: z.number().int().nonnegative(),
  files: z.array(z.object({ path: InnerPath, sizeBytes: z.number().int().nonnegative(), sha256: Sha256 })),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** One table as it lies in a backup. */
export type BackedUpTable = BackupManifest["tables"][number];

/** The text of {@link DIGESTS} for a manifest whose own file has the digest `manifestSha256`. */
export function digestsOf(manifest: BackupManifest, manifestSha256: string): string {
  const lines = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  return `${lines.join("")}${manifestSha256}  ${MANIFEST}\n`;
}

/**
 * Reads a backup's manifest and every file in it, and compares.
 *
 * @throws BackupRefused  `backup.not_a_backup`, `backup.incomplete` or `backup.tampered`, naming the file
 */
export async function verifyBackup(folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  const digests = await readInside(folder, DIGESTS);
  const { sha256 } = await fingerprintOf(join(folder, MANIFEST));
  if (digests !== digestsOf(manifest, sha256)) {
    throw new BackupRefused(
      "backup.tampered",
      `${DIGESTS} and ${MANIFEST} in ${folder} contradict each other: one of them was changed. Use another backup.`,
    );
  }
  for (const file of manifest.files) await verifyFile(folder, file);
  const known = new Set([MANIFEST, DIGESTS, ...manifest.files.map(({ path }) => path)]);
  const unknown = (await namesBelow(folder, { skipHidden: false })).find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new BackupRefused(
      "backup.tampered",
      `${unknown} in ${folder} is not part of the backup: somebody added it.`,
    );
  }
  return manifest;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readInside(folder, MANIFEST);
  try {
    return BackupManifest.parse(JSON.parse(text));
  } catch (error) {
    throw new BackupRefused(
      "backup.not_a_backup",
      `${MANIFEST} in ${folder} is not the manifest of a backup that this Jumpkit can read.`,
      { cause: error },
    );
  }
}

async function readInside(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), "utf8");
  } catch (error) {
    throw new BackupRefused(
      "backup.not_a_backup",
      `There is no ${name} in ${folder}: it is no backup, or one that was interrupted.`,
      { cause: error },
    );
  }
}

async function verifyFile(
  folder: string,
  { path, sizeBytes, sha256 }: BackupManifest["files"][number],
): Promise<void> {
  const found = await lstat(join(folder, path)).catch(() => undefined);
  if (found === undefined) {
    throw new BackupRefused("backup.incomplete", `${path} is missing in ${folder}. Use another backup.`);
  }
  const isSame =
    found.isFile() && found.size === sizeBytes && (await fingerprintOf(join(folder, path))).sha256 === sha256;
  if (!isSame) {
    throw new BackupRefused(
      "backup.tampered",
      `${path} in ${folder} is not what was backed up: it was changed or damaged. Use another backup.`,
    );
  }
}
