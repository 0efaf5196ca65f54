import * as z from "zod";

/** A command line that does not say what the operation takes; the sentence says which word is wrong. */
export class Misunderstood extends Error {
  override readonly name = "Misunderstood";
}

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly items?: FieldSchema;
  readonly anyOf?: readonly FieldSchema[];
  readonly default?: unknown;
}

/** The input fields of an operation or query, with what a help text needs of each. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: FieldSchema;
}

/** The fields that an input takes, in the order they are defined. */
export function fieldsOf(input: z.ZodObject): readonly Field[] {
  const { properties = {}, required = [] } = z.toJSONSchema(input, {
    target: "draft-2020-12",
    io: "input",
    unrepresentable: "any",
    reused: "inline",
  }) as { properties?: Record<string, FieldSchema>; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
  }));
}

/** A field's name as an option: `foundAt` is `--found-at`. */
export function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The input that words of a command line say: `inc_… --summary "It is over" --urgent`.
 *
 * A word without an option before it is the next of `inOrder`. Lists are written as one option several times or
 * as JSON, objects as JSON. What a value has to be is for the server to say; here it is only given its type.
 *
 * @param inOrder  the fields that need no option, such as the thing that the operation is about
 * @throws Misunderstood  an option that the input does not take, or a value that cannot have its field's type
 */
export function inputFrom(
  words: readonly string[],
  fields: readonly Field[],
  inOrder: readonly string[],
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const waiting = [...inOrder];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("--") || word === "--") {
      const name = waiting.shift();
      if (name === undefined) throw new Misunderstood(`What is “${word}”? Name the field that it is for.`);
      input[name] = word;
      continue;
    }
    const [option = "", attached] = split(word);
    const field = fields.find((each) => optionOf(each.name) === option || `--${each.name}` === option);
    if (field === undefined) throw new Misunderstood(`There is no ${option} here.`);
    const isFlag = typeOf(field.schema) === "boolean" && attached === undefined && !isTruth(rest[0]);
    const text = attached ?? (isFlag ? "true" : rest.shift());
    if (text === undefined) throw new Misunderstood(`${option} needs a value.`);
    add(input, field, typed(text, field, option));
  }
  return input;
}

function split(word: string): readonly [string, string | undefined] {
  const place = word.indexOf("=");
  return place < 0 ? [word, undefined] : [word.slice(0, place), word.slice(place + 1)];
}

function isTruth(word: string | undefined): boolean {
  return word === "true" || word === "false";
}

function typeOf(schema: FieldSchema): string {
  if (typeof schema.type === "string") return schema.type;
  const first = schema.anyOf?.find((each) => each.type !== "null")?.type;
  return typeof first === "string" ? first : "string";
}

function typed(text: string, { name, schema }: Field, option: string): unknown {
  switch (typeOf(schema)) {
    case "integer":
    case "number":
      if (text.trim() === "" || !Number.isFinite(Number(text)))
        throw new Misunderstood(`${option} needs a number, not “${text}”.`);
      return Number(text);
    case "boolean":
      if (!isTruth(text)) throw new Misunderstood(`${option} is true or false, not “${text}”.`);
      return text === "true";
    case "object":
      return json(text, name);
    case "array":
      return text.startsWith("[") ? json(text, name) : [text];
    default:
      return text;
  }
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Misunderstood(`${optionOf(name)} has to be written as JSON.`);
  }
}

function add(input: Record<string, unknown>, { name, schema }: Field, value: unknown): void {
  const earlier = input[name];
  if (earlier === undefined) input[name] = value;
  else if (typeOf(schema) === "array") input[name] = [...(earlier as unknown[]), ...(value as unknown[])];
  else throw new Misunderstood(`${optionOf(name)} is said twice.`);
}
