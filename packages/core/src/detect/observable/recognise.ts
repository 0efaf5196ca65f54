import * as z from "zod";
import { canonicalIpv4, canonicalIpv6 } from "./address.ts";
import { isTopLevelDomain, LOOKS_LIKE_FILE } from "./top-level-domain.ts";

/** The kinds of values that are recognised in text. */
export const OBSERVABLE_KINDS = [
  "ipv4",
  "ipv6",
  "network",
  "domain",
  "url",
  "email",
  "md5",
  "sha1",
  "sha256",
  "cve",
  "path",
] as const;
export const ObservableKind = z.enum(OBSERVABLE_KINDS);
export type ObservableKind = z.infer<typeof ObservableKind>;

/** A value that was seen, in the one form in which it is compared and stored. */
export interface ObservableValue {
  readonly kind: ObservableKind;
  readonly value: string;
}

/** A value recognised in a text, with its place there in UTF-16 units. */
export interface FoundObservable extends ObservableValue {
  /** As it was written, perhaps defanged. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly port: number | null;
}

/** No more than this much of a text is looked through, and no more than so many values are taken from it. */
const MAX_TEXT = 100_000;
const MAX_FOUND = 500;

const DOT = String.raw`(?:\.|\[\.\]|\(\.\)|\[dot\])`;
const LABEL = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?`;
const NAME = `(?:${LABEL}${DOT}){1,30}[a-z][a-z0-9-]{1,62}`;
const PORT = String.raw`(?::(\d{1,5}))?`;

type Read = (match: RegExpExecArray) => (ObservableValue & { readonly port?: number | null }) | undefined;

/** In the order in which they win where two would overlap. Each pattern is linear in the text's length. */
const KINDS: ReadonlyArray<readonly [RegExp, Read]> = [
  [
    /(?<![a-z0-9])(?:h(?:tt|xx)ps?|s?f[tx]ps?|wss?|ldaps?|rmi|smb|ssh|file|gopher)(?:\[:\]|:)\/\/[^\s<>"'`|]{3,2000}/giu,
    readUrl,
  ],
  [
    new RegExp(String.raw`(?<![\w.%+'-])[\w.%+'-]{1,64}(?:@|\[@\]|\[at\]|\(at\))${NAME}(?![\w-])`, "giu"),
    readEmail,
  ],
  [
    new RegExp(String.raw`(?<![\w.])(?:\d{1,3}${DOT}){3}\d{1,3}(?:\/(\d{1,2}))?${PORT}(?![\w]|\.\d)`, "giu"),
    readIpv4,
  ],
  [/\[([0-9a-f:.]{2,45})\]:(\d{1,5})(?!\d)/giu, readBracketedIpv6],
  [/(?<![\w:.])(?:[0-9a-f]{0,4}(?::|\[:\])){2,8}[0-9a-f.]{0,15}(?:\/(\d{1,3}))?(?![\w:])/giu, readIpv6],
  [/(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z])/giu, readDigest],
  [/(?<![a-z0-9])CVE-\d{4}-\d{4,7}(?!\d)/giu, (match) => ({ kind: "cve", value: match[0].toUpperCase() })],
  [
    /(?<![\w\\])[a-z]:\\(?:[^\\/:*?"<>|\s]{1,120}\\){0,20}[^\\/:*?"<>|\s]{1,120}/giu,
    (match) => path(match[0]),
  ],
  [
    /(?<![\w./])\/(?:bin|dev|etc|home|lib|lib64|mnt|opt|proc|root|run|sbin|srv|tmp|usr|var)\/[^\s:;,"'<>|()[\]]{1,300}/gu,
    (match) => path(match[0]),
  ],
  [new RegExp(String.raw`(?<![\p{L}\p{N}_@./\\-])${NAME}${PORT}(?![\w-])`, "giu"), readDomain],
];

/**
 * The values that a text names, in the order in which they stand there; none lies inside another.
 *
 * Defanged writing (`hxxp`, `[.]`) is read as what it stands for.
 */
export function recognise(text: string): readonly FoundObservable[] {
  const searched = text.slice(0, MAX_TEXT);
  const found: FoundObservable[] = [];
  const taken: { readonly from: number; readonly to: number }[] = [];
  for (const [pattern, read] of KINDS) {
    for (const match of searched.matchAll(pattern)) {
      if (found.length >= MAX_FOUND) break;
      const written = trimmed(match[0]);
      const place = { from: match.index, to: match.index + written.length };
      if (taken.some((other) => place.from < other.to && other.from < place.to)) continue;
      const value = read(match);
      if (value === undefined) continue;
      taken.push(place);
      found.push({ port: null, ...value, text: written, ...place });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/**
 * The different values that a text names, the host of each address of a page among them: what two texts can
 * have in common.
 */
export function observablesIn(text: string): readonly ObservableValue[] {
  return distinct(recognise(text).flatMap(({ kind, value }) => withHost({ kind, value })));
}

/** A value, and the host in it where it is the address of a page. */
function withHost(value: ObservableValue): readonly ObservableValue[] {
  if (value.kind === "email") {
    return [value, { kind: "domain", value: value.value.slice(value.value.lastIndexOf("@") + 1) }];
  }
  if (value.kind !== "url") return [value];
  const host = hostOf(value.value);
  return host === undefined ? [value] : [value, host];
}

function hostOf(url: string): ObservableValue | undefined {
  const [, name = ""] = /^[a-z]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/iu.exec(url) ?? [];
  const found = recognise(name.replaceAll(/[[\]]/g, "")).find(({ kind }) => kind !== "url");
  return found && { kind: found.kind, value: found.value };
}

/** Each value once, in the order of first sight. */
export function distinct(values: readonly ObservableValue[]): readonly ObservableValue[] {
  return [...new Map(values.map((each) => [`${each.kind} ${each.value}`, each])).values()];
}

/** The kind and the one form of a value that somebody typed; `undefined` when it is none of those known. */
export function readObservable(typed: string): ObservableValue | undefined {
  const [only] = recognise(typed.trim());
  return only?.text === typed.trim() ? { kind: only.kind, value: only.value } : undefined;
}

function refanged(text: string): string {
  return text
    .replaceAll(/\[\.\]|\(\.\)|\[dot\]/giu, ".")
    .replaceAll(/\[@\]|\[at\]|\(at\)/giu, "@")
    .replaceAll("[:]", ":");
}

/** Without what ends a sentence, or closes a bracket that was opened before the value. */
function trimmed(text: string): string {
  let end = text.length;
  while (end > 0) {
    const last = text[end - 1] ?? "";
    const opening = { ")": "(", "]": "[", "}": "{" }[last];
    const closes = opening !== undefined && !balanced(text.slice(0, end), opening, last);
    if (!closes && !/[.,;:!?\u2026»]/u.test(last)) break;
    if (last === ":" && text.slice(0, end).endsWith("::")) break;
    end--;
  }
  return text.slice(0, end);
}

function balanced(text: string, opening: string, closing: string): boolean {
  return text.split(opening).length >= text.split(closing).length;
}

function readUrl(match: RegExpExecArray): ObservableValue | undefined {
  const text = refanged(trimmed(match[0])).replace(/^hxxp/iu, "http").replace(/^fxp/iu, "ftp");
  const [, scheme = "", host = "", rest = ""] = /^([a-z]+):\/\/([^/?#]+)(.*)$/iu.exec(text) ?? [];
  if (host === "") return undefined;
  return { kind: "url", value: `${scheme.toLowerCase()}://${host.toLowerCase()}${rest}` };
}

function readEmail(match: RegExpExecArray): ObservableValue | undefined {
  const text = refanged(trimmed(match[0]));
  const at = text.lastIndexOf("@");
  const domain = text.slice(at + 1).toLowerCase();
  return isName(domain) ? { kind: "email", value: `${text.slice(0, at)}@${domain}` } : undefined;
}

function readIpv4(match: RegExpExecArray) {
  const [text, prefix, port] = match;
  const address = canonicalIpv4(refanged(trimmed(text)).replace(/[/:].*$/u, ""));
  if (address === undefined) return undefined;
  if (prefix !== undefined) return network(address, Number(prefix), 32);
  return { kind: "ipv4" as const, value: address, port: portOf(port) };
}

function readBracketedIpv6(match: RegExpExecArray) {
  const address = canonicalIpv6(match[1] ?? "");
  return address === undefined
    ? undefined
    : { kind: "ipv6" as const, value: address, port: portOf(match[2]) };
}

function readIpv6(match: RegExpExecArray): ObservableValue | undefined {
  const [text, prefix] = match;
  const address = canonicalIpv6(refanged(trimmed(text)).replace(/\/.*$/u, ""));
  if (address === undefined || address === "::") return undefined;
  return prefix === undefined ? { kind: "ipv6", value: address } : network(address, Number(prefix), 128);
}

function network(address: string, prefix: number, bits: number): ObservableValue | undefined {
  return prefix <= bits ? { kind: "network", value: `${address}/${prefix}` } : undefined;
}

function readDigest(match: RegExpExecArray): ObservableValue | undefined {
  const value = match[0].toLowerCase();
  // Digits alone are rather a number, and one letter alone rather a filler.
  if (/^\d+$/u.test(value) || new Set(value).size < 4) return undefined;
  const kind = ({ 32: "md5", 40: "sha1", 64: "sha256" } as const)[value.length];
  return kind && { kind, value };
}

function readDomain(match: RegExpExecArray) {
  const [text, port] = match;
  const written = trimmed(text).replace(/:\d{1,5}$/u, "");
  const value = refanged(written).toLowerCase();
  if (!isName(value)) return undefined;
  const labels = value.split(".");
  const plain = written.includes(".") && !/[[(]/u.test(written);
  // `deploy.sh` is rather a file than a host, unless somebody took the trouble to defang it.
  if (plain && labels.length === 2 && LOOKS_LIKE_FILE.has(labels[1] ?? "")) return undefined;
  return { kind: "domain" as const, value, port: portOf(port) };
}

function isName(name: string): boolean {
  return name.length <= 253 && isTopLevelDomain(name.slice(name.lastIndexOf(".") + 1));
}

function portOf(text: string | undefined): number | null {
  const port = Number(text ?? Number.NaN);
  return port > 0 && port < 65_536 ? port : null;
}

function path(text: string): ObservableValue {
  return { kind: "path", value: trimmed(text) };
}
