import type { FieldName } from "./event.ts";
import type { Sign } from "./sign.ts";

/** Fields that people search for by what is in them. */
const SEARCHED: readonly FieldName[] = [
  "url.original",
  "url.domain",
  "user_agent.original",
  "user.name",
  "source.user.name",
  "destination.user.name",
  "host.name",
  "observer.hostname",
  "process.name",
  "file.name",
  "file.hash.sha256",
  "dns.question.name",
  "tls.client.server_name",
  "email.from.address",
  "email.subject",
  "vulnerability.id",
  "message",
];

const WORDS_MAX = 4000;

/** What the search looks through, in small letters: title, entity, rule, addresses and telling fields. */
export function wordsOf(sign: Sign): string {
  const { title, entity, rule, addresses, fields } = sign;
  const told = SEARCHED.flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : [String(value).slice(0, 500)];
  });
  const words = [title, entity, rule.id, rule.name, ...addresses.map((each) => each.value), ...told];
  // Cut between characters, never within one.
  return words.join("\n").toLowerCase().slice(0, WORDS_MAX).toWellFormed();
}
