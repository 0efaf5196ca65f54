import { randomBytes } from "node:crypto";
import type { FastifyReply } from "fastify";

/** HTML that is safe to send: every value that was put into it is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | readonly Html[];

/** A piece of HTML. What stands in `${…}` is escaped, unless it is a piece of HTML itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    parts.map((part, index) => (index === 0 ? part : `${textOf(values[index - 1] ?? "")}${part}`)).join(""),
  );
}

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map((each) => each.text).join("") : escaped(String(value));
}

/** Text that means nothing to an HTML parser, inside an element or a quoted attribute. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * Sends a page that needs no script: none may run, and what it loads comes from our own origin.
 *
 * @param style  rules of this page beside those that all such pages share
 *
 * The referrer policy is *same-origin*: with none at all, a browser sends a form without its origin.
 */
export function sendPage(
  reply: FastifyReply,
  status: number,
  title: string,
  body: Html,
  style: Html = new Html(""),
): FastifyReply {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/jumpkit.svg">
<style nonce="${nonce}">${STYLE}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return reply
    .code(status)
    .headers({
      "content-security-policy": policy.join("; "),
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    })
    .type("text/html; charset=utf-8")
    .send(page.text);
}

/** The colours and measures of the product's other pages, for pages that carry no script. */
const STYLE = new Html(`
:root {
  --page: #f3f5f6; --surface: #ffffff; --line: #d8dfe3; --edge: #748189; --text: #14212a; --meta: #4f5e68;
  --accent: #0a5a72; --fill: #0b5f78; --on-fill: #ffffff; --focus: #0b7a99; --warn: #7f4300; --warn-soft: #fff1d9;
  --sunken: #ebeff1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0c1216; --surface: #131b20; --line: #2a363d; --edge: #7f919b; --text: #e8eef1; --meta: #a7b5bd;
    --accent: #7cc8de; --fill: #7cc8de; --on-fill: #06222b; --focus: #8ad7ee; --warn: #ffc56b; --warn-soft: #33240d;
    --sunken: #1b252b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 400 14px/1.5 Inter, system-ui, -apple-system, "Segoe UI", sans-serif;
}
main { max-width: 720px; margin: 0 auto; padding: 32px 16px 64px; }
.sheet { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 24px; }
header { display: flex; align-items: center; gap: 12px; margin-bottom: 16px; color: var(--meta); }
header img { width: 24px; height: 24px; }
h1 { font-size: 20px; line-height: 1.3; font-weight: 600; margin: 0 0 8px; }
h2 { font-size: 16px; line-height: 1.4; font-weight: 600; margin: 24px 0 8px; }
p { margin: 0 0 16px; max-width: 72ch; }
a { color: var(--accent); }
label, legend { display: block; font-weight: 600; margin-bottom: 4px; padding: 0; }
.hint { font-weight: 400; color: var(--meta); font-size: 13px; margin: 0 0 8px; }
.hint.after { margin: 16px 0 0; }
.field { margin: 0 0 20px; }
fieldset { border: 0; margin: 0 0 20px; padding: 0; min-width: 0; }
.choice { font-weight: 400; display: flex; gap: 8px; align-items: flex-start; padding: 6px 0; margin: 0; min-height: 32px; }
.choice input { width: 18px; height: 18px; margin: 2px 0 0; flex: none; accent-color: var(--fill); }
.choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); column-gap: 24px; }
.pair { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); column-gap: 24px; }
input[type="text"], input[type="password"], textarea {
  width: 100%; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 6px;
  background: var(--surface); color: var(--text); font: inherit;
}
input[type="file"] { width: 100%; font: inherit; color: var(--text); padding: 8px 0; }
textarea { min-height: 168px; resize: vertical; }
button {
  min-height: 40px; padding: 8px 20px; border: 0; border-radius: 6px; background: var(--fill);
  color: var(--on-fill); font: inherit; font-weight: 600; cursor: pointer;
}
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.notice { border-left: 4px solid var(--warn); background: var(--warn-soft); padding: 12px 16px; margin: 0 0 20px; }
.notice p { margin: 0; }
.code {
  font: 600 24px/1.4 "JetBrains Mono", "IBM Plex Mono", ui-monospace, monospace; font-variant-numeric: tabular-nums;
  background: var(--sunken); border-radius: 6px; padding: 12px 16px; margin: 0 0 16px; overflow-wrap: anywhere;
}
.message { border-top: 1px solid var(--line); padding: 16px 0; }
.message .who { color: var(--meta); font-size: 13px; margin: 0 0 4px; }
.message .said { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
footer { color: var(--meta); font-size: 13px; margin-top: 16px; }
@media print { button, form, footer { display: none; } body { background: none; } .sheet { border: 0; padding: 0; } }
`);
