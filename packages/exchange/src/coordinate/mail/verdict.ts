import { CheckResult, type MailVerdict, tamedLine } from "@jumpkit/core";

/**
 * What the server that the operator trusts says of a mail's sender, or `null` when it says nothing.
 *
 * The first header that names the server counts: it wrote above everything that the mail brought along. What any
 * other server is said to have found, and every later header of that name, is left alone.
 *
 * @param headers  the values of the mail's `Authentication-Results`, the topmost first
 * @source         RFC 8601 §2.2, §5, §7.1
 */
export function verdictIn(headers: readonly string[], trusted: string | undefined): MailVerdict | null {
  if (trusted === undefined) return null;
  const host = trusted.toLowerCase();
  for (const value of headers) {
    const [server = "", ...results] = withoutComments(value).split(";");
    if (server.trim().split(/\s+/u)[0]?.toLowerCase() !== host) continue;
    const said = results.map((each) => each.trim().toLowerCase());
    const dkim =
      said.find((each) => resultOf(each, "dkim") === "pass") ?? said.find((each) => resultOf(each, "dkim"));
    const first = (method: string) =>
      said.map((each) => resultOf(each, method)).find((each) => each !== null) ?? null;
    return {
      ...{ host, spf: first("spf"), dmarc: first("dmarc"), arc: first("arc") },
      dkim: dkim === undefined ? null : resultOf(dkim, "dkim"),
      domain: tamedLine(/\bheader\.d=([^\s;]{1,253})/u.exec(dkim ?? "")?.[1] ?? "", 253),
    };
  }
  return null;
}

function resultOf(said: string, method: string): CheckResult | null {
  const found = /^([a-z]+)(?:\/\d+)?\s*=\s*([a-z]+)/u.exec(said);
  if (found?.[1] !== method) return null;
  const result = CheckResult.safeParse(found[2]);
  return result.success ? result.data : null;
}

/** The value without what stands in parentheses or quotes: in neither does a result count. */
function withoutComments(value: string): string {
  let out = "";
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const character = value[at];
    if (character === "\\") at++;
    else if (depth === 0 && character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "(") depth++;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) out += character;
  }
  return out;
}
