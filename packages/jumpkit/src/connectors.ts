import { existsSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { ConnectorsFile } from "@jumpkit/core";
import type { ReadyConnector } from "@jumpkit/server";
import { CannotStart } from "@jumpkit/store";
import type { Settings } from "./env.ts";

const FILE_MAX_BYTES = 256 * 1024;
const SECRET_MIN_BYTES = 32;
const SECRET_MAX_BYTES = 4096;

/** Programs that read a command line as a language: an argument could then become a command. */
const SHELLS: ReadonlySet<string> = new Set([
  ...["sh", "ash", "bash", "dash", "zsh", "ksh", "mksh", "csh", "tcsh", "fish", "busybox", "env", "xargs"],
]);

/** The file of connectors: the one that was named, or `connectors.json` in the data folder if it is there. */
export function connectorsFileOf({ connectorsFile, dataFolder }: Settings): string | undefined {
  const usual = join(dataFolder, "connectors.json");
  return connectorsFile ?? (existsSync(usual) ? usual : undefined);
}

/**
 * The connectors of a file, each ready to be let loose; none without a file.
 *
 * @throws CannotStart  with every sentence that says what is wrong with the file, a program or a secret
 */
export function readConnectors(file: string | undefined): readonly ReadyConnector[] {
  if (file === undefined) return [];
  const parsed = ConnectorsFile.safeParse(jsonIn(file));
  if (!parsed.success) {
    const told = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw wrong(file, told);
  }
  const { programs, connectors } = parsed.data;
  const told = [
    ...sentences(file, [notWrittenByOthers]),
    ...programs.flatMap((program) => sentences(program, [isProgram, isNoShell, notWrittenByOthers])),
    ...connectors.flatMap((connector) =>
      connector.kind === "webhook" ? sentences(connector.secretFile, [isSecret, notReadByOthers]) : [],
    ),
  ];
  if (told.length > 0) throw wrong(file, told);
  return connectors.map((connector) =>
    connector.kind === "webhook" ? { connector, secret: readFileSync(connector.secretFile) } : { connector },
  );
}

/** `jumpkit connectors`: checks the file and says what each connector does. */
export function connectorsCommand(
  settings: Settings,
  out: { write(text: string): unknown },
  say: (sentence: string) => void,
): number {
  const file = connectorsFileOf(settings);
  if (file === undefined) {
    say("No connectors are set up: JUMPKIT_CONNECTORS names no file, and the data folder has none.");
    return 0;
  }
  try {
    const ready = readConnectors(file);
    for (const { connector } of ready) {
      const does =
        connector.kind === "command"
          ? [connector.program, ...connector.arguments].join(" ")
          : `signed request to ${connector.url}`;
      out.write(`${connector.name}  ${connector.for.join(", ")}  ${connector.says}\n  ${does}\n`);
    }
    out.write(`${file} is sound: ${ready.length} connectors. The server reads it when it starts.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    say(error.message);
    return 1;
  }
}

/** The value in a small JSON file. */
export function jsonIn(file: string): unknown {
  try {
    if (statSync(file).size > FILE_MAX_BYTES) throw new Error("it is larger than 256 kB");
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CannotStart("file.unreadable", `${file} cannot be read: ${(error as Error).message}`);
  }
}

type Check = (path: string, stats: Stats) => string | undefined;

/** What is wrong with a file, in sentences. */
export function sentences(path: string, checks: readonly Check[]): readonly string[] {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    return [`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`];
  }
  return checks.flatMap((check) => check(path, stats) ?? []).map((told) => `${path} ${told}`);
}

const isProgram: Check = (_path, stats) =>
  stats.isFile() && (stats.mode & 0o111) !== 0 ? undefined : "is no program that can be run";

const isNoShell: Check = (path) =>
  SHELLS.has(basename(path)) || SHELLS.has(basename(realpathSync(path)))
    ? "is a shell, which would read arguments as commands; put what it should do in a script and name that"
    : undefined;

/** Whether nobody but its owner can write a file. */
export const notWrittenByOthers: Check = (_path, stats) =>
  (stats.mode & 0o022) === 0
    ? undefined
    : "can be written by others than its owner; take that away with chmod go-w";

const isSecret: Check = (_path, stats) =>
  stats.isFile() && stats.size >= SECRET_MIN_BYTES && stats.size <= SECRET_MAX_BYTES
    ? undefined
    : `has to hold ${SECRET_MIN_BYTES} to ${SECRET_MAX_BYTES} bytes, such as from: openssl rand -hex 32`;

/** Whether not everybody can read a file. */
export const notReadByOthers: Check = (_path, stats) =>
  (stats.mode & 0o007) === 0 ? undefined : "can be read by everybody; take that away with chmod o-rwx";

function wrong(file: string, told: readonly string[]): CannotStart {
  return new CannotStart(
    "connectors.wrong",
    `The connectors of ${file} cannot be used. ${told.map((each) => `${each}.`).join(" ")}`,
  );
}
