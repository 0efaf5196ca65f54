/** A value as JSON has it; a number that a double cannot hold exactly stands as its text. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;

/** An object of JSON. Only its own properties mean anything. */
export interface JsonMap {
  [name: string]: Json;
}

/** How deep values may be nested, and how many there may be in one text. */
const DEPTH_MAX = 64;
const VALUES_MAX = 20_000;

/** The JSON value of a text, or why it is none. */
export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: string };

/**
 * Parses JSON that somebody else wrote.
 *
 * Stricter than `JSON.parse`: an object that names one thing twice is refused, because two readers would
 * read two things, and so is nesting deeper than 64. Exacter as well: `12345678901234567890` and `1e999` stay
 * text. `__proto__` is a name like any other.
 *
 * @source RFC 8259
 */
export function parseJson(text: string): ParsedJson {
  const reader = new Reader(text);
  try {
    return { ok: true, value: reader.document() };
  } catch (fault) {
    if (fault instanceof NotJson) return { ok: false, reason: fault.message };
    throw fault;
  }
}

/** Whether a value is an object of JSON. */
export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What lies at a path with dots; a name that has the dots itself comes first. */
export function valueAt(map: JsonMap, path: string): Json | undefined {
  if (Object.hasOwn(map, path)) return map[path];
  let value: Json | undefined = map;
  for (const name of path.split(".")) {
    if (!isMap(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** The text or number at a path, as text; `undefined` when there is none. */
export function wordAt(map: JsonMap, path: string): string | undefined {
  const value = valueAt(map, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** Removes the plain value at a path, and the objects that it leaves empty. */
export function takeOut(map: JsonMap, path: string): void {
  if (Object.hasOwn(map, path)) {
    if (typeof map[path] !== "object") delete map[path];
    return;
  }
  const [name = "", ...deeper] = path.split(".");
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  if (deeper.length === 0 || !isMap(value)) return;
  takeOut(value, deeper.join("."));
  if (Object.keys(value).length === 0) delete map[name];
}

/** Thrown and caught in this file alone. */
class NotJson extends Error {}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NEEDS_CARE = /[\u0000-\u001f\\]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  readonly #text: string;
  #at = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail("something follows the value");
    return value;
  }

  #fail(problem: string): never {
    throw new NotJson(`is not JSON: ${problem} at character ${this.#at + 1}`);
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #value(depth: number): Json {
    if (++this.#values > VALUES_MAX) throw new NotJson(`holds more than ${VALUES_MAX} values`);
    this.#space();
    switch (this.#text[this.#at]) {
      case "{":
        return this.#map(depth + 1);
      case "[":
        return this.#list(depth + 1);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      case undefined:
        return this.#fail("it ends too early");
      default:
        return this.#number();
    }
  }

  #map(depth: number): JsonMap {
    if (depth > DEPTH_MAX) throw new NotJson(`is nested deeper than ${DEPTH_MAX}`);
    const map: JsonMap = {};
    this.#at++;
    this.#space();
    if (this.#take("}")) return map;
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail("a name is missing");
      const name = this.#string();
      if (Object.hasOwn(map, name)) {
        throw new NotJson(`names ${JSON.stringify(name.slice(0, 80))} twice in one object`);
      }
      this.#space();
      if (!this.#take(":")) this.#fail("a colon is missing");
      const value = this.#value(depth);
      if (name === "__proto__") Object.defineProperty(map, name, { value, ...PLAIN });
      else map[name] = value;
      this.#space();
      if (this.#take("}")) return map;
      if (!this.#take(",")) this.#fail("a comma is missing");
    }
  }

  #list(depth: number): Json[] {
    if (depth > DEPTH_MAX) throw new NotJson(`is nested deeper than ${DEPTH_MAX}`);
    const list: Json[] = [];
    this.#at++;
    this.#space();
    if (this.#take("]")) return list;
    for (;;) {
      list.push(this.#value(depth));
      this.#space();
      if (this.#take("]")) return list;
      if (!this.#take(",")) this.#fail("a comma is missing");
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) this.#fail("a value is missing");
    this.#at += word.length;
    return value;
  }

  #number(): number | string {
    NUMBER.lastIndex = this.#at;
    const written = NUMBER.exec(this.#text)?.[0];
    if (written === undefined) return this.#fail("a value is missing");
    this.#at += written.length;
    const value = Number(written);
    return isExact(written, value) ? value : written;
  }

  #string(): string {
    const start = this.#at + 1;
    const end = this.#text.indexOf('"', start);
    if (end < 0) this.#fail("a text does not end");
    const plain = this.#text.slice(start, end);
    if (!NEEDS_CARE.test(plain)) {
      this.#at = end + 1;
      return plain;
    }
    return this.#escaped(start);
  }

  #escaped(start: number): string {
    const parts: string[] = [];
    this.#at = start;
    for (let from = start; ; ) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) this.#fail("a text does not end");
      if (code < 32) this.#fail("a text holds a bare control character");
      if (code !== 34 && code !== 92) {
        this.#at++;
        continue;
      }
      parts.push(this.#text.slice(from, this.#at));
      this.#at++;
      if (code === 34) return parts.join("");
      parts.push(this.#escape());
      from = this.#at;
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at++] ?? "";
    const plain = ESCAPES[letter];
    if (plain !== undefined) return plain;
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (letter !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail("a text holds an unknown escape");
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}

const PLAIN = { enumerable: true, configurable: true, writable: true } as const;

/** Whether the double is the number that was written, or as near as 15 digits tell. */
function isExact(written: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (written.length <= 15) return true;
  if (Number.isInteger(value) && !/[.eE]/.test(written)) return Number.isSafeInteger(value);
  const digits = written.replace(/[eE].*$/, "").replaceAll(/[-.]/g, "");
  return digits.replace(/^0+/, "").length <= 17;
}
