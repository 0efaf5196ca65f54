#!/usr/bin/env node
import { Command } from "commander";
import type { Settings } from "./env.ts";
import type { SignsImport } from "./intake/import-signs.ts";
import { addMasterCopyCommands } from "./master-copy.ts";

// Each command loads its own parts: those that run on an examined host load no server.
const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

const program = new Command("jumpkit")
  .description("Handle computer-security incidents, and keep a record that stands up.")
  .enablePositionalOptions()
  .showHelpAfterError("(add --help for what it takes)");

program
  .command("serve")
  .description("start the server; Ctrl-C stops it")
  .option("--data <folder>", "where everything is kept (JUMPKIT_DATA)")
  .option("--host <address>", "address to listen on; plain HTTP on loopback only (JUMPKIT_HOST)")
  .option("--port <number>", "port to listen on, 0 for any free one (JUMPKIT_PORT)")
  .option("--demo", "build a made-up organisation in the empty data folder first", false)
  .action((options: ServeOptions) => serveUntilStopped(options));

program
  .command("demo")
  .description("serve --demo: start with a made-up organisation, one incident closed, one live, one exercise")
  .option("--data <folder>", "an empty folder (JUMPKIT_DATA)")
  .option("--host <address>", "address to listen on; plain HTTP on loopback only (JUMPKIT_HOST)")
  .option("--port <number>", "port to listen on, 0 for any free one (JUMPKIT_PORT)")
  .action((options: ServeOptions) => serveUntilStopped({ ...options, demo: true }));

program
  .command("verify")
  .description("check a case file; needs no server")
  .argument("<path>", "folder or tar of the case file")
  .option("--key <file>", "the log's key, from a copy you got elsewhere")
  .option("--json", "answer as one JSON object")
  .action(async (path: string, options: { key?: string; json?: boolean }) => {
    const { verifyCommand } = await import("./verify/command.ts");
    process.exitCode = await verifyCommand({ path, ...options }, process.stdout, process.stderr);
  });

program
  .command("doctor")
  .description(
    "examine the record: tree, published checkpoints, tables replayed from the log, evidence files",
  )
  .option("--data <folder>", "where everything is kept (JUMPKIT_DATA)")
  .option("--json", "answer as one JSON object")
  .action(async (options: { data?: string; json?: boolean }) => {
    const { doctorCommand } = await import("./doctor.ts");
    process.exitCode = await doctorCommand(await settingsOrExit(options), options, process.stdout, say);
  });

program
  .command("backup")
  .description("copy everything into a new folder while the server runs")
  .argument("<folder>", "folder to make")
  .option("--data <folder>", "where everything is kept (JUMPKIT_DATA)")
  .option("--with-keys", "put the secret keys in too; whoever has the backup then reads all evidence", false)
  .action(async (out: string, options: { data?: string; withKeys: boolean }) => {
    const { backupCommand } = await import("./backup.ts");
    const settings = await settingsOrExit(options);
    process.exitCode = await backupCommand(
      settings,
      { out, withKeys: options.withKeys },
      process.stdout,
      say,
    );
  });

program
  .command("restore")
  .description("bring a backup back into an empty data folder, and prove that it is sound")
  .argument("<folder>", "the backup")
  .option("--data <folder>", "the empty folder (JUMPKIT_DATA)")
  .option("--published <folder>", "the folder `checkpoints` of the lost server, to show how much is missing")
  .option("--reason <text>", "why, for the record", "restored from a backup")
  .action(async (from: string, options: { data?: string; published?: string; reason: string }) => {
    const { restoreCommand } = await import("./backup.ts");
    const { published, reason } = options;
    process.exitCode = await restoreCommand(
      await settingsOrExit(options),
      { from, published, reason },
      process.stdout,
      say,
    );
  });

program
  .command("organisation")
  .description("make a one-time link that founds another organisation on this server")
  .option("--data <folder>", "where everything is kept (JUMPKIT_DATA)")
  .action(async (options: { data?: string }) => {
    const { newOrganisationLink } = await import("./organisation.ts");
    const secret = await newOrganisationLink(await settingsOrExit(options), say);
    process.stdout.write(
      `Open this on your server's address; it works once and for a day:\n  /setup#${secret}\n`,
    );
  });

program
  .command("connectors")
  .description("check the file of connectors and say what each does; runs nothing")
  .option("--data <folder>", "where everything is kept (JUMPKIT_DATA)")
  .action(async (options: { data?: string }) => {
    const { connectorsCommand } = await import("./connectors.ts");
    process.exitCode = connectorsCommand(await settingsOrExit(options), process.stdout, say);
  });

program
  .command("signs")
  .description("send signs to a server")
  .command("import")
  .description("send a file through a source, wait until it is worked off, and print what became of it")
  .argument("<file>", "the file, plain or packed with gzip (.gz); - for standard input")
  .requiredOption("--source <name>", "the source's name or id")
  .option("--url <address>", "the server (JUMPKIT_URL)")
  .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
  .option("--json", "answer as one JSON object")
  .action(async (file: string, options: SignsImport) => {
    const { importSigns } = await import("./intake/import-signs.ts");
    process.exitCode = await importSigns(file, options, surroundings());
  });

addMasterCopyCommands(
  program.command("master-copy").description("record a host's files while they are sound, and compare later"),
  say,
);

program
  .command("call")
  .description("perform any operation or query of a server, by its name")
  .argument("[name]", "such as incident.report; `jumpkit incident report` is the same")
  .argument("[words...]", "its fields: --what text; --input - reads them as JSON; --json answers as JSON")
  .option("--list", "name everything there is")
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (name: string | undefined, words: readonly string[], options: { list?: boolean }) => {
    const { callCommand, listOfCalls } = await import("./http/call.ts");
    if (options.list || name === undefined || name === "--help") process.stdout.write(listOfCalls());
    else process.exitCode = await callCommand(name, words, surroundings());
  });

interface ServeOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
  readonly demo?: boolean;
}

/** Starts the server and says where it is, and how one gets in. */
async function serveUntilStopped(options: ServeOptions): Promise<void> {
  const { demo, ...given } = options;
  const settings = { ...(await settingsOrExit(given)), demo };
  const { serve, opened } = await serverFor(settings);
  const onLost = (error: Error): void => {
    say(error.message);
    process.exit(1);
  };
  const running = await serve(settings, say, onLost, opened);
  process.stdout.write(`Jumpkit is ready: ${running.url}\n`);
  if (running.setUpLink !== undefined) {
    process.stdout.write(
      `Set it up with this link, which works once and for a day:\n  ${running.setUpLink}\n`,
    );
  }
  stopOnSignal(running.stop);
  if (running.signIns !== undefined) {
    const { names, passphrase } = running.signIns;
    process.stdout.write(
      `A demonstration: nothing of it leaves the house. Sign in as ada, bo, cy or dana (${names.join(", ")}), each with the passphrase\n  ${passphrase}\n`,
    );
  }
}

function surroundings() {
  return { environment: process.env, stdin: process.stdin, stdout: process.stdout, say };
}

/** `jumpkit incident report …` is `jumpkit call incident.report …`, for every noun that no command of ours has. */
async function aliased(words: readonly string[]): Promise<readonly string[]> {
  const [noun = "", verb = "", ...rest] = words;
  const known = program.commands.some((command) => command.name() === noun);
  if (known || noun === "" || noun.startsWith("-") || noun === "help") return words;
  const { isNoun } = await import("./http/call.ts");
  return isNoun(noun) ? ["call", `${noun}.${verb}`, ...rest] : words;
}

/** The server's part of the program; what root starts is not root's any more when this resolves. */
async function serverFor(settings: Settings) {
  if (process.getuid?.() === 0) {
    const { stepDown } = await import("./own-account/step-down.ts");
    return stepDown(settings, say);
  }
  return { ...(await import("./serve.ts")), opened: {} };
}

async function settingsOrExit(given: { data?: string; host?: string; port?: string }): Promise<Settings> {
  const { readSettings } = await import("./env.ts");
  const settings = readSettings(process.env, given);
  if (!Array.isArray(settings)) return settings as Settings;
  for (const sentence of settings) say(sentence);
  process.exit(2);
}

/** The first Ctrl-C stops in order; a second one gives up waiting. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = async (): Promise<void> => {
    if (stopping) process.exit(130);
    stopping = true;
    say("Stopping …");
    await stop();
    process.exit(0);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}

try {
  await program.parseAsync(await aliased(process.argv.slice(2)), { from: "user" });
} catch (error) {
  // What a person can mend has a code and says how; anything else is a fault of ours.
  say(error instanceof Error && "code" in error ? error.message : String((error as Error).stack));
  process.exitCode = 1;
}
