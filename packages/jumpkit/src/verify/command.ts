import { type CaseFileFacts, type CaseFileVerdict, verifyCaseFile } from "./case-file.ts";

/** What was typed after `jumpkit verify`. */
export interface VerifyArguments {
  /** The folder or tar of a case file. */
  readonly path: string;
  /** `--key`: a file with the log's key. */
  readonly key?: string | undefined;
  /** `--json`: one JSON object instead of sentences. */
  readonly json?: boolean | undefined;
}

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
}

const EXIT_CODES: Readonly<Record<CaseFileVerdict["status"], number>> = {
  sound: 0,
  broken: 1,
  unreadable: 2,
};

const KEY_FROM_CASE_FILE =
  "The key came from the case file itself. That shows that the parts fit together, not who signed them:\n" +
  "compare the key with a copy you got elsewhere, or give that copy with --key.";
const NO_WITNESS =
  "No outside witness is part of this check. Whoever holds the log's key could have rewritten its history\n" +
  "before this case file was made; compare the checkpoint with any you got earlier.";

/**
 * `jumpkit verify PATH [--key FILE] [--json]`: checks a case file and says what it found.
 *
 * Findings and facts go to `out`; what could not even be looked at goes to `err`.
 *
 * @returns the exit code: 0 sound, 1 something is wrong, 2 nothing could be checked
 */
export async function verifyCommand(typed: VerifyArguments, out: Output, err: Output): Promise<number> {
  const verdict = await verifyCaseFile(typed.path, { keyFile: typed.key });
  if (typed.json === true) {
    out.write(`${JSON.stringify({ ...verdict, limits: limitsOf(verdict.facts) }, null, 2)}\n`);
  } else if (verdict.status === "unreadable") {
    for (const { place, problem } of verdict.findings) err.write(`${place}: ${problem}\n`);
  } else {
    out.write(`${sentences(verdict).join("\n")}\n`);
  }
  return EXIT_CODES[verdict.status];
}

function sentences({ status, findings, facts }: CaseFileVerdict): string[] {
  const found = findings.map(({ place, problem }) => `${place}: ${problem}`);
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const verdict = status === "sound" ? `${facts.code} is sound.` : `This case file is NOT sound: ${count}.`;
  return [...found, verdict, ...factLines(facts), ...limitsOf(facts)];
}

function factLines(facts: CaseFileFacts): string[] {
  const rows: readonly (readonly [string, string | null])[] = [
    ["Organisation", facts.organisation],
    ["Written on", facts.baggedOn],
    ["Log", facts.origin === null ? null : `${facts.origin}, ${facts.logSize} entries in all`],
    ["Entries", `${facts.entryCount}${between(facts)}`],
    ["Withheld", `${facts.withheldCount} fields are withheld or erased`],
    ["Evidence", `${facts.evidenceCount} files, ${facts.evidenceBytes} bytes`],
    ["Key", facts.key],
  ];
  return rows.filter(([, value]) => value !== null).map(([label, value]) => `  ${label.padEnd(14)}${value}`);
}

function between({ firstRecordedAt, lastRecordedAt }: CaseFileFacts): string {
  return firstRecordedAt === null ? "" : `, recorded ${firstRecordedAt} to ${lastRecordedAt}`;
}

function limitsOf(facts: CaseFileFacts): string[] {
  return facts.keyFrom === "case file" ? [KEY_FROM_CASE_FILE, NO_WITNESS] : [NO_WITNESS];
}
