import { accounts, groups } from "./accounts.ts";
import { jobs } from "./jobs.ts";
import { firewall, interfaces, modules, nameService, packages, routes } from "./network.ts";
import { services } from "./services.ts";
import type { System } from "./system.ts";

/** One fact of a host: its fields by name. Which fields a row has, and which of them name it, says its section. */
export type Row = Readonly<Record<string, string>>;

/** The rows of one kind, in no order that means anything, or why there are none to tell of. */
export type Section = { readonly rows: readonly Row[] } | { readonly absent: string };

/**
 * What kinds of facts there are, in the order they are shown: the title for people, and the fields that say
 * which thing a row is about. Two rows with the same key are the same thing, changed.
 *
 * @source CERT/CC, *Intruder Detection Checklist*: services, accounts, scheduled jobs and network configuration
 */
export const SECTIONS = {
  services: { title: "Listening services", key: ["protocol", "address", "port", "program", "script"] },
  accounts: { title: "Accounts", key: ["name"] },
  groups: { title: "Groups", key: ["name"] },
  jobs: { title: "Scheduled jobs", key: ["file", "when", "user", "command"] },
  firewall: { title: "Firewall rules", key: ["program", "rule"] },
  routes: { title: "Routes", key: ["family", "destination", "gateway", "interface"] },
  interfaces: { title: "Network interfaces", key: ["name"] },
  names: { title: "Name service", key: ["file", "line"] },
  packages: { title: "Packages", key: ["name"] },
  modules: { title: "Kernel modules", key: ["name"] },
} as const satisfies Readonly<Record<string, { title: string; key: readonly string[] }>>;
export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/** What a host was set up to do beside its files: each section by name; unknown names are of newer versions. */
export type Configuration = Readonly<Record<string, Section>>;

const COLLECTORS: Readonly<Record<SectionName, (system: System) => Section>> = {
  services,
  accounts,
  groups,
  jobs,
  firewall,
  routes,
  interfaces,
  names: nameService,
  packages,
  modules,
};

/** Reads all sections; what is not there to be seen says why. No password digest is ever among the rows. */
export function collectConfiguration(system: System): Configuration {
  return Object.fromEntries(SECTION_NAMES.map((name) => [name, COLLECTORS[name](system)]));
}

/** Whether a value of JSON is a configuration. */
export function isConfiguration(value: unknown): value is Configuration {
  return isRecord(value) && Object.values(value).every(isSection);
}

function isSection(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { absent, rows } = value;
  return typeof absent === "string" || (Array.isArray(rows) && rows.every(isRow));
}

function isRow(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((field) => typeof field === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
