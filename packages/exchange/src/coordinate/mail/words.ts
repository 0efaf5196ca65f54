/** So much of a page is looked at: its words come to less. */
const HTML_MAX = 200_000;
const SILENT = new Set(["script", "style", "head", "title", "template"]);
const BREAKS = new Set([
  "br",
  "p",
  "div",
  "tr",
  "li",
  "ul",
  "ol",
  "h1",
  "h2",
  "h3",
  "h4",
  "blockquote",
  "table",
]);
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** The words of an HTML text, without anything that it would do: links, pictures and styles are left out. */
export function wordsOfHtml(html: string): string {
  const text = html.slice(0, HTML_MAX);
  let out = "";
  let at = 0;
  while (at < text.length) {
    const opens = text.indexOf("<", at);
    if (opens === -1) return tidy(out + text.slice(at));
    out += text.slice(at, opens);
    const closes = text.startsWith("<!--", opens) ? text.indexOf("-->", opens) + 2 : text.indexOf(">", opens);
    if (closes <= opens) return tidy(out);
    const name = /^<\/?([a-z0-9]{1,20})/iu.exec(text.slice(opens, opens + 24))?.[1]?.toLowerCase() ?? "";
    at = closes + 1;
    if (BREAKS.has(name)) out += "\n";
    else if (SILENT.has(name) && text[opens + 1] !== "/") at = endOf(name, text, at);
  }
  return tidy(out);
}

function endOf(name: string, text: string, from: number): number {
  const ends = text.slice(from).search(new RegExp(`</${name}`, "iu"));
  return ends === -1 ? text.length : from + ends;
}

function tidy(text: string): string {
  return text
    .replaceAll(/[ \t\r\n]+/gu, (blank) => (blank.includes("\n") ? "\n" : " "))
    .replaceAll(/&(#?[a-z0-9]{1,8});/giu, (whole, name: string) => characterOf(name.toLowerCase()) ?? whole)
    .trim();
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith("#")) return NAMED[name];
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
