import { type Configuration, isConfiguration } from "../configuration/configuration.ts";

/** The first line of a manifest: what was asked for, where and by what means. */
export interface ManifestHeader {
  readonly v: "jumpkit-manifest/1";
  readonly tool: string;
  readonly host: string;
  /** Where the tree stands on its host: absolute, `/` for the root. */
  readonly base: string;
  /** Below the base; the base itself is `/`. */
  readonly roots: readonly string[];
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  readonly algorithm: "sha256";
  readonly collected: readonly string[];
  /** Why, by what was not collected. */
  readonly notCollected: Readonly<Record<string, string>>;
  readonly crossMounts: boolean;
  /** Why, by path below the base. */
  readonly excluded: Readonly<Record<string, string>>;
  /** Versions of the installed packages by name; absent where no package database was found. */
  readonly packages?: Readonly<Record<string, string>>;
  /** What the host was set up to do; absent for a part of a host, and in manifests of older versions. */
  readonly configuration?: Configuration;
}

/** The last line of a manifest; one without it is not complete. */
export interface ManifestTrailer {
  readonly end: true;
  readonly entryCount: number;
  readonly readBytes: number;
  /** How many entries are not complete, by why. */
  readonly troubles: Readonly<Record<string, number>>;
  /** Files whose time of last reading was changed by reading them. */
  readonly touchedCount: number;
  readonly endedAt: string;
  /** Of all bytes before this line. */
  readonly sha256: string;
}

/** A manifest that cannot be used, or cannot be made; the message says why and which. */
export class ManifestRefused extends Error {}

/** Reads the first line. @throws ManifestRefused */
export function parseHeader(line: string, name: string): ManifestHeader {
  const value = parseObject(line);
  const isHeader =
    value !== undefined &&
    value["v"] === "jumpkit-manifest/1" &&
    value["algorithm"] === "sha256" &&
    ["tool", "host", "base", "startedAt"].every((key) => typeof value[key] === "string") &&
    ["roots", "collected"].every((key) => isTexts(value[key])) &&
    ["notCollected", "excluded"].every((key) => isTextByName(value[key])) &&
    (value["packages"] === undefined || isTextByName(value["packages"])) &&
    (value["configuration"] === undefined || isConfiguration(value["configuration"])) &&
    typeof value["crossMounts"] === "boolean";
  if (!isHeader)
    throw new ManifestRefused(`${name} does not begin as a manifest of jumpkit-manifest/1 does.`);
  return value as unknown as ManifestHeader;
}

/** Reads the last line, or gives undefined when the line is not one. */
export function parseTrailer(line: string): ManifestTrailer | undefined {
  const value = parseObject(line);
  const isTrailer =
    value !== undefined &&
    value["end"] === true &&
    ["entryCount", "readBytes", "touchedCount"].every((key) => Number.isSafeInteger(value[key])) &&
    ["endedAt", "sha256"].every((key) => typeof value[key] === "string") &&
    typeof value["troubles"] === "object";
  return isTrailer ? (value as unknown as ManifestTrailer) : undefined;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isTextByName(value: unknown): boolean {
  return typeof value === "object" && value !== null && isTexts(Object.values(value));
}
