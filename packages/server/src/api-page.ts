import type { FastifyInstance } from "fastify";
import { Html, html, sendPage } from "./html.ts";
import { openApi } from "./openapi.ts";

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly maxLength?: number;
  readonly pattern?: string;
}

interface Entry {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly "x-action"?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: ReadonlyArray<{
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }>;
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, { readonly description: string } & Partial<Body>>>;
}

interface Body {
  readonly content: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly entry: Entry;
  /** What a search looks through. */
  readonly words: string;
}

/** The phases in the order in which an incident meets them. */
const PHASES = ["prepare", "detect", "contain", "recover", "coordinate", "learn", "document"];

/** Deeper than this, a schema is named and not unfolded. */
const DEPTH = 4;

/** The interface as programs and as people read it. */
interface Described {
  readonly json: string;
  readonly components: Record<string, Schema>;
  readonly routes: readonly Route[];
}

/**
 * `/v1/openapi.json`: every operation and query for programs. `/api`: the same for people; it needs no script, loads
 * nothing from anywhere, and prints. Both are made when somebody first asks.
 */
export function addApiPage(app: FastifyInstance): void {
  let made: Described | undefined;
  const described = (): Described => {
    made ??= describe();
    return made;
  };
  app.get("/v1/openapi.json", (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(described().json),
  );
  app.get<{ Querystring: { q?: unknown } }>("/api", (request, reply) => {
    const { q } = request.query;
    const asked = typeof q === "string" ? q.slice(0, 200).trim() : "";
    const wanted = asked.toLowerCase().split(/\s+/).filter(Boolean);
    const { routes, components } = described();
    const found = routes.filter(({ words }) => wanted.every((word) => words.includes(word)));
    return sendPage(reply, 200, "Interface of Jumpkit", pageOf(found, asked, components), STYLE);
  });
}

function describe(): Described {
  const document = openApi();
  const { schemas = {} } = document["components"] as { schemas?: Record<string, Schema> };
  return {
    json: JSON.stringify(document, null, 2),
    components: schemas,
    routes: routesIn(document["paths"] as Record<string, Record<string, Entry>>),
  };
}

function routesIn(paths: Record<string, Record<string, Entry>>): readonly Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, entry]) => ({
      method: method.toUpperCase(),
      path,
      entry,
      words: [method, path, entry.operationId, entry.summary, entry["x-action"] ?? "", ...entry.tags]
        .join(" ")
        .toLowerCase(),
    })),
  );
}

function pageOf(found: readonly Route[], asked: string, components: Record<string, Schema>): Html {
  const phases = PHASES.map((phase) => ({
    phase,
    routes: found.filter(({ entry }) => entry.tags.includes(phase)),
  })).filter(({ routes }) => routes.length > 0);
  return html`<main>
<header><img src="/jumpkit.svg" alt="" width="24" height="24"><span>Jumpkit</span></header>
<h1>Interface</h1>
<p>Every change is one operation, every page one query. Programs read <a href="/v1/openapi.json">the same as OpenAPI 3.1</a>,
sign in with a token in <code>Authorization: Bearer jk_&hellip;</code>, and send a new <code>Idempotency-Key</code> with each change.</p>
<form method="get" action="/api" role="search" class="search">
<label for="q">Find an operation or query</label>
<input type="text" id="q" name="q" value="${asked}" maxlength="200"> <button type="submit">Find</button>
</form>
<p class="hint" role="status">${found.length === 0 ? `Nothing is called “${asked}” here.` : `${found.length} of them${asked === "" ? "" : ` for “${asked}”`}.`}</p>
${phases.map(
  ({ phase, routes }) => html`<section aria-labelledby="phase-${phase}">
<h2 id="phase-${phase}">${phase.charAt(0).toUpperCase()}${phase.slice(1)}</h2>
${routes.map((route) => routeOf(route, asked !== "" && found.length <= 5, components))}
</section>
`,
)}
</main>`;
}

function routeOf({ method, path, entry }: Route, open: boolean, components: Record<string, Schema>): Html {
  const body = entry.requestBody?.content["application/json"]?.schema;
  const reply = entry.responses["200"]?.content?.["application/json"]?.schema;
  const parameters = entry.parameters ?? [];
  const heading = html`<summary><code class="method">${method}</code> <code>${path}</code> <span>${entry.summary}</span></summary>`;
  const inside = html`<dl>
<dt>Name</dt><dd><code>${entry.operationId}</code></dd>
<dt>Who may</dt><dd>${whoMay(entry)}</dd>
</dl>
${
  parameters.length === 0
    ? html``
    : table(
        "In the address and head",
        parameters.map(({ name, required, schema, description, in: where }) => ({
          name,
          required,
          type: `${where}: ${typeName(schema)}`,
          says: description ?? schema.description ?? "",
        })),
      )
}
${body === undefined ? html`` : table("Takes", rowsOf(body, components))}
${
  reply === undefined
    ? html``
    : table(
        "Answers",
        rowsOf(reply, components).map((row) => ({ ...row, required: false })),
      )
}
${table(
  "Refuses",
  Object.entries(entry.responses)
    .filter(([status]) => Number(status) >= 400)
    .map(([status, { description }]) => ({ name: status, required: false, type: "", says: description })),
)}`;
  return open
    ? html`<details open id="${entry.operationId}">${heading}${inside}</details>
`
    : html`<details id="${entry.operationId}">${heading}${inside}</details>
`;
}

function whoMay(entry: Entry): Html {
  if (entry.security?.length === 0) return html`anybody: it comes before sign-in`;
  const action = entry["x-action"];
  if (action === undefined || action === "own")
    return html`everybody who is signed in, for what concerns them`;
  return html`whom the policy permits <code>${action}</code>`;
}

interface Row {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly says: string;
}

function table(title: string, rows: readonly Row[]): Html {
  if (rows.length === 0) return html``;
  return html`<div class="fields"><table><caption>${title}</caption><tbody>
${rows.map(
  ({ name, required, type, says }) =>
    html`<tr><th scope="row"><code>${name}</code>${required ? html` <abbr title="needed">needed</abbr>` : html``}</th><td>${type}</td><td>${says}</td></tr>
`,
)}</tbody></table></div>`;
}

/** A schema's fields, those of its parts below them as `part.field`. */
function rowsOf(schema: Schema, components: Record<string, Schema>, before = "", depth = 0): readonly Row[] {
  const { properties = {}, required = [] } = resolved(schema, components);
  return Object.entries(properties).flatMap(([name, field]) => {
    const known = resolved(field, components);
    const inner = known.type === "array" && known.items ? resolved(known.items, components) : known;
    const full = `${before}${name}`;
    const row = {
      name: full,
      required: depth === 0 && required.includes(name),
      type: typeName(known),
      says: field.description ?? known.description ?? "",
    };
    const deeper = depth < DEPTH && inner.properties !== undefined;
    const below = known.type === "array" ? `${full}[].` : `${full}.`;
    return deeper ? [row, ...rowsOf(inner, components, below, depth + 1)] : [row];
  });
}

function resolved(schema: Schema, components: Record<string, Schema>): Schema {
  const name = schema.$ref?.split("/").at(-1);
  const found = name === undefined ? schema : (components[name] ?? schema);
  const real = found.anyOf?.filter((each) => each.type !== "null") ?? [];
  const only = real.length === 1 ? real[0] : undefined;
  return only === undefined ? found : resolved(only, components);
}

/** What a value is, in a word or two. */
function typeName(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.enum !== undefined) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeName))].join(" | ");
  if (schema.type === "array")
    return `list of ${schema.items === undefined ? "anything" : typeName(schema.items)}`;
  if (schema.maxLength !== undefined) return `text, up to ${schema.maxLength}`;
  if (schema.type === "string") return "text";
  return typeof schema.type === "string" ? schema.type : (schema.type ?? ["anything"]).join(" | ");
}

const STYLE = new Html(`
main { max-width: 1080px; }
code { font-family: "JetBrains Mono", "IBM Plex Mono", ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere; }
.search { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 8px; max-width: 560px; margin: 0 0 12px; }
.search label { grid-column: 1 / -1; }
details { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; margin: 0 0 8px; padding: 0 16px; }
summary { padding: 10px 0; cursor: pointer; overflow-wrap: anywhere; }
summary span { color: var(--meta); margin-left: 8px; }
.method { display: inline-block; min-width: 52px; font-weight: 600; color: var(--accent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 4px 0 12px; }
dt { color: var(--meta); } dd { margin: 0; }
.fields { overflow-x: auto; margin: 0 0 16px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
caption { text-align: left; font-weight: 600; padding: 4px 0; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); }
th { font-weight: 400; white-space: nowrap; } td:nth-child(2) { min-width: 140px; max-width: 420px; } abbr { color: var(--warn); font-size: 12px; text-decoration: none; }
@media print {
  details { break-inside: avoid; border: 0; padding: 0; }
  details:not([open])::details-content { content-visibility: visible; display: block; }
}
`);
