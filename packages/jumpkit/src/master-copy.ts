import { hostname } from "node:os";
import { ManifestRefused } from "@jumpkit/host";
import type { Command } from "commander";
import { type CheckOptions, check, diff } from "./master-copy/check.ts";
import { type CreateOptions, create } from "./master-copy/create.ts";
import { exportList, type ImportOptions, importFrom } from "./master-copy/exchange.ts";
import type { FetchOptions } from "./master-copy/keep.ts";
import type { RegisterOptions } from "./master-copy/register.ts";
import type { ReviewOptions } from "./master-copy/review.ts";
import type { SendOptions } from "./master-copy/send.ts";
import type { ServerOptions } from "./master-copy/server.ts";
import { keygen, type SignOptions, sign } from "./master-copy/sign.ts";

/** Says a sentence to the person at the terminal. */
type Say = (sentence: string) => void;

/** Puts the commands of `jumpkit master-copy` below `parent`. None of them needs a server or a network. */
export function addMasterCopyCommands(parent: Command, say: Say): void {
  parent
    .command("create")
    .description("record every file below the roots: what it is, whose, and the digest of its content")
    .argument("<root...>", "folders; one alone becomes the base of all paths")
    .requiredOption("--out <file>", "file to write; it must not exist")
    .option("--as <path>", "where the one root stands on its host, when it is an image or a copy")
    .option("--exclude <path>", "leave this out; repeatable", collect, [])
    .option("--cross-mounts", "go into file systems mounted inside the roots too", false)
    .option("--host <name>", "the host's name", hostname())
    .option("--workers <number>", "threads that read and hash (default: as many as processors, 2 to 4)")
    .action((roots: string[], options: CreateOptions) =>
      exitWith(say, () => create(roots, options, process.stdout, say)),
    );
  parent
    .command("check")
    .description("tell how a tree differs from its master copy: 0 not, 1 it does, 2 could not be checked")
    .argument("<file>", "the manifest")
    .argument("[root]", "the tree, where it is not in its own place: a mounted image, an unpacked backup")
    .option("--preparer <file>", "public key of who must have prepared it")
    .option("--approver <file>", "public key of who must have approved it")
    .option("--allow-expired", "take one whose last day is past", false)
    .option("--at-least-version <number>", "refuse an older version", "0")
    .option("--no-packages", "let no package lists explain differences")
    .option("--all", "show every row", false)
    .option("--json", "answer as one JSON object", false)
    .option("--bundle <file>", "write what was found as one sealed file; it must not exist")
    .option("--key <file>", "the secret key that seals it")
    .option("--send", "tell the server what was found", false)
    .option("--url <address>", "the server (JUMPKIT_URL)")
    .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
    .option("--workers <number>", "threads that read and hash (default: as many as processors, 2 to 4)")
    .action((file: string, root: string | undefined, options: CheckOptions) =>
      exitWith(say, () => check(file, root, options, process.stdout, say)),
    );
  parent
    .command("register")
    .description("verify a signed manifest and put it into a server's register")
    .argument("<file>", "the manifest")
    .requiredOption("--preparer <file>", "public key of who prepared it")
    .requiredOption("--approver <file>", "public key of who approved it")
    .option("--checker <file>", "public key of who may seal checks beside the two; repeatable", collect, [])
    .option("--no-file", "do not send the manifest itself; the server then tells only where it is")
    .option("--place <text>", "where its files are kept, so that they are found at once")
    .option("--url <address>", "the server (JUMPKIT_URL)")
    .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
    .action((file: string, options: RegisterOptions) =>
      exitWith(say, async () => (await import("./master-copy/register.ts")).register(file, options, say)),
    );
  parent
    .command("keep")
    .description("send a registered manifest and its signatures to the server, for rapid access")
    .argument("<file>", "the manifest")
    .option("--url <address>", "the server (JUMPKIT_URL)")
    .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
    .action((file: string, options: ServerOptions) =>
      exitWith(say, async () => (await import("./master-copy/keep.ts")).keep(file, options, say)),
    );
  parent
    .command("fetch")
    .description("write the approved master copy of a host that the server keeps; the asking is recorded")
    .argument("<host>", "its name, as the register has it")
    .requiredOption("--purpose <text>", "what you need it for")
    .requiredOption("--out <file>", "file to write; it must not exist")
    .option("--serial <number>", "this version, and not the newest that is approved")
    .option("--url <address>", "the server (JUMPKIT_URL)")
    .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
    .action((host: string, options: FetchOptions) =>
      exitWith(say, async () => (await import("./master-copy/keep.ts")).fetchCopy(host, options, say)),
    );
  parent
    .command("reread")
    .description("on the server: note anew which files stand in the kept master copies, as after a restore")
    .option("--data <folder>", "where everything is kept (JUMPKIT_DATA)")
    .action((options: { data?: string }) =>
      exitWith(say, async () => (await import("./master-copy/reread.ts")).reread(options.data, say)),
    );
  parent
    .command("send")
    .description("give a sealed check to a server, which verifies and keeps it")
    .argument("<file>", "what check --bundle wrote")
    .option("--incident <code>", "keep it as evidence of this incident")
    .option("--url <address>", "the server (JUMPKIT_URL)")
    .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
    .action((file: string, options: SendOptions) =>
      exitWith(say, async () => (await import("./master-copy/send.ts")).send(file, options, say)),
    );
  parent
    .command("review")
    .description(
      "have ClamAV and YARA look at its files: 0 nothing found, 1 something, 2 nobody looked at all of them",
    )
    .argument("<file>", "the manifest")
    .argument("[root]", "the tree, where it is not in its own place")
    .option("--rules <file>", "YARA rules of yours; repeatable", collect, [])
    .option("--clamav-database <path>", "ClamAV's signatures, where they are not in their usual place")
    .option("--hours <number>", "most time for each scanner", "4")
    .option("--send", "write the review down on the server", false)
    .option("--url <address>", "the server (JUMPKIT_URL)")
    .option("--token-file <path>", "file with the token (JUMPKIT_TOKEN_FILE)")
    .action((file: string, root: string | undefined, options: ReviewOptions) =>
      exitWith(say, async () =>
        (await import("./master-copy/review.ts")).review(file, root, options, process.stdout, say),
      ),
    );
  parent
    .command("diff")
    .description(
      "tell how a newer manifest differs from an older one: 0 not, 1 it does, 2 could not be compared",
    )
    .argument("<old>")
    .argument("<new>")
    .option("--all", "show every row", false)
    .option("--json", "answer as one JSON object", false)
    .action((older: string, newer: string, options: { all: boolean; json: boolean }) =>
      exitWith(say, () => diff(older, newer, options, process.stdout)),
    );
  parent
    .command("export")
    .description("write a manifest as a list that other programs read, to be used in its base")
    .argument("<file>", "the manifest")
    .requiredOption("--format <name>", "sha256sum, mtree, hashdeep or aide")
    .action((file: string, { format }: { format: string }) =>
      exitWith(say, () => exportList(file, format, process.stdout, say)),
    );
  parent
    .command("import")
    .description("make a manifest of a list that another program wrote")
    .argument("<list>")
    .requiredOption("--format <name>", "sha256sum, mtree, hashdeep or aide")
    .requiredOption("--out <file>", "file to write; it must not exist")
    .requiredOption("--base <path>", "where the listed tree stands on its host")
    .option("--host <name>", "the host's name", hostname())
    .action((list: string, options: ImportOptions) => exitWith(say, () => importFrom(list, options, say)));
  parent
    .command("keygen")
    .description("make a key to sign master copies with: NAME.key is secret, NAME.vkey is for everybody")
    .argument("<name>", "whose key it is")
    .option("--out <folder>", "where to put the two files", ".")
    .action((name: string, options: { out: string }) => exitWith(say, () => keygen(name, options.out, say)));
  parent
    .command("sign")
    .description("sign a manifest: first who prepared it, then somebody else who approves it")
    .argument("<file>", "the manifest")
    .requiredOption("--key <file>", "the secret key")
    .requiredOption("--as <role>", "preparer or approver")
    .option("--purpose <text>", "what it is for", "as-installed")
    .option("--serial <number>", "version of this host's master copy, counting up", "1")
    .option("--expires <day>", "last day to rely on it, as 2027-03-01; a year from now unless given")
    .action((file: string, options: SignOptions) =>
      exitWith(say, () => sign(file, options, new Date(), say)),
    );
}

/** Runs a command and sets its exit code; what it refuses is said, and the code is 2. */
async function exitWith(say: Say, run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof Error) || !(error instanceof ManifestRefused || "code" in error)) throw error;
    say(error.message);
    process.exitCode = 2;
  }
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
