import { text } from "node:stream/consumers";
import { OPERATIONS, type Operation, QUERIES, type Query, routeOf } from "@jumpkit/app";
import { Client, operationNamed, queryNamed } from "./client.ts";
import { readConnection } from "./connection.ts";
import { EXIT, failWith } from "./exit.ts";
import { type Field, fieldsOf, inputFrom, Misunderstood, optionOf } from "./words.ts";

/** Where a command reads, writes and is told what to do. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly say: (sentence: string) => void;
}

/** The words of its own that every call understands, beside the fields of the operation. */
interface Common {
  readonly json: boolean;
  readonly help: boolean;
  readonly input: string | undefined;
  readonly key: string | undefined;
  readonly approval: string | undefined;
  readonly url: string | undefined;
  readonly tokenFile: string | undefined;
}

/** Whether words name a noun of ours, such as `incident` in `jumpkit incident report`. */
export function isNoun(word: string): boolean {
  return [...OPERATIONS, ...QUERIES].some((each) => each.name.startsWith(`${word}.`));
}

/**
 * `jumpkit call incident.report --what "…"`, or `jumpkit incident report --what "…"`: performs an operation or
 * asks a query of a server.
 *
 * @returns the exit code: 0 done, 2 not understood, 3 refused, 4 not with this token, 5 try again later
 */
export async function callCommand(
  name: string,
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const asked = operationNamed(name) ?? queryNamed(name);
  if (asked === undefined) {
    around.say(unknownName(name));
    return EXIT.usage;
  }
  try {
    const { common, rest } = commonWords(words);
    if (common.help) {
      around.stdout.write(helpFor(asked));
      return EXIT.done;
    }
    const said = inputFrom(rest, fieldsOf(asked.input), inOrder(asked));
    const input = common.input === undefined ? said : { ...(await readInput(common.input, around)), ...said };
    const missing = inOrder(asked).filter((field) => !(field in input));
    if (missing.length > 0)
      throw new Misunderstood(`${name} needs ${missing.map((field) => `the ${field}`).join(" and ")}.`);
    const client = new Client(
      readConnection(around.environment, { url: common.url, tokenFile: common.tokenFile }),
    );
    const answer =
      asked.kind === "operation"
        ? await client.change(asked, input, common.key, common.approval)
        : await client.look(asked, input);
    around.stdout.write(common.json ? `${JSON.stringify(answer)}\n` : plainly(answer));
    return EXIT.done;
  } catch (error) {
    if (error instanceof Misunderstood) {
      around.say(`${error.message} (add --help for what ${name} takes)`);
      return EXIT.usage;
    }
    return failWith(error, around.say);
  }
}

/** The fields that stand in the path need no option: the thing, or what the query is about. */
function inOrder(asked: Operation | Query): readonly string[] {
  const path = asked.kind === "operation" ? routeOf(asked) : asked.path;
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, field = ""]) => field);
}

function commonWords(words: readonly string[]): { common: Common; rest: readonly string[] } {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--json" || word === "--help" || word === "-h") flags.add(word);
    else if (["--input", "--key", "--approval", "--url", "--token-file"].includes(word)) {
      index += 1;
      const value = words[index];
      if (value === undefined) throw new Misunderstood(`${word} needs a value.`);
      values.set(word, value);
    } else rest.push(word);
  }
  const common = {
    json: flags.has("--json"),
    help: flags.has("--help") || flags.has("-h"),
    input: values.get("--input"),
    key: values.get("--key"),
    approval: values.get("--approval"),
    url: values.get("--url"),
    tokenFile: values.get("--token-file"),
  };
  return { common, rest };
}

async function readInput(source: string, { stdin }: Surroundings): Promise<object> {
  const body = source === "-" ? await text(stdin) : source;
  try {
    const input: unknown = JSON.parse(body);
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Told below, like a text that is JSON but no object.
  }
  throw new Misunderstood("--input takes one JSON object, or - to read it from standard input.");
}

function unknownName(name: string): string {
  const noun = name.split(".")[0] ?? "";
  const close = [...OPERATIONS, ...QUERIES]
    .map((each) => each.name)
    .filter((each) => each.startsWith(`${noun}.`));
  return close.length === 0
    ? `There is no ${name}. \`jumpkit call --list\` names everything there is.`
    : `There is no ${name}. ${noun} knows: ${close.join(", ")}.`;
}

/** Every operation and query with its summary, a line each. */
export function listOfCalls(): string {
  return [...OPERATIONS, ...QUERIES].map((each) => `${each.name.padEnd(26)} ${each.summary}\n`).join("");
}

function helpFor(asked: Operation | Query): string {
  const things = inOrder(asked);
  const usage = `jumpkit ${asked.name.replace(".", " ")}${things.map((thing) => ` <${thing}>`).join("")}`;
  const lines = fieldsOf(asked.input)
    .filter((field) => !things.includes(field.name))
    .map((field) => `  ${optionOf(field.name).padEnd(28)} ${about(field)}`);
  return `${asked.summary}.\n\nUsage: ${usage} [fields]\n${lines.length === 0 ? "" : `\nFields:\n${lines.join("\n")}\n`}
Also:
  --input <json|->             the fields as one JSON object, or - for standard input
  --json                       answer as one JSON object
  --url <address>              the server (JUMPKIT_URL)
  --token-file <file>          the file with the token (JUMPKIT_TOKEN_FILE, else JUMPKIT_TOKEN)${
    asked.kind === "operation"
      ? "\n  --key <text>                 idempotency key: the same key with the same fields changes nothing twice\n  --approval <apr_…>           the consent to spend on it, where the policy wants one"
      : ""
  }
`;
}

function about({ schema, required }: Field): string {
  const choices = schema.enum ?? schema.items?.enum;
  const what = schema.description ?? (choices === undefined ? "" : choices.join(" | "));
  return [required ? "(needed)" : "", what].filter((part) => part !== "").join(" ");
}

/** An answer for people: a line a field, lists as one block a row. */
function plainly(answer: unknown, indent = ""): string {
  if (typeof answer !== "object" || answer === null) return `${indent}${String(answer)}\n`;
  if (Array.isArray(answer)) {
    if (answer.length === 0) return `${indent}(none)\n`;
    return answer.map((each) => `${indent}- ${plainly(each, `${indent}  `).trimStart()}`).join("");
  }
  return Object.entries(answer)
    .map(([field, value]) =>
      typeof value === "object" && value !== null
        ? `${indent}${field}:\n${plainly(value, `${indent}  `)}`
        : `${indent}${field}: ${String(value ?? "–")}\n`,
    )
    .join("");
}
