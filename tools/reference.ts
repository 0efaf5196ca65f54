import { OPERATIONS, type Operation, QUERIES, type Query, REFUSALS, routeOf } from "@jumpkit/app";
import { DEFAULT_POLICY, ENTRIES, POLICY_ACTIONS, ROLES } from "@jumpkit/core";
import { openApi } from "@jumpkit/server";

const NOTE = "<!-- Made by `npm run generate` from the code. Do not edit. -->\n";

/** The files of docs/reference: name → text. */
export function referenceFiles(): Record<string, string> {
  return {
    "openapi.json": `${JSON.stringify(openApi(), null, 2)}\n`,
    "errors.md": errors(),
    "permissions.md": permissions(),
    "entries.md": entries(),
  };
}

function errors(): string {
  const rows = Object.entries(REFUSALS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, message, next }]) => row(`\`${code}\``, String(status), message, next));
  return `${NOTE}
# Refusals

Saying no is an answer like any other. Each refusal has a stable code, a status, a sentence and a next step:

    {"code": "custody.not_holder", "message": "…", "next": "…", "details": {"holder": "…"}}

${table(["code", "status", "what happened", "what to do next"], rows)}`;
}

function permissions(): string {
  const operations = (OPERATIONS as unknown as readonly Operation[]).map((operation) =>
    row(
      `\`${operation.name}\``,
      `\`POST ${routeOf(operation)}\``,
      `\`${operation.action}\``,
      operation.summary,
    ),
  );
  const queries = (QUERIES as unknown as readonly Query[]).map((query) =>
    row(`\`${query.name}\``, `\`GET ${query.path}\``, `\`${query.action}\``, query.summary),
  );
  const policy = POLICY_ACTIONS.map(({ id, title }) => {
    const grants = DEFAULT_POLICY.rows.find((each) => each.action === id)?.grants;
    return row(
      `\`${id}\``,
      title,
      ...ROLES.map((role) => {
        const grant = grants?.[role];
        if (grant?.effect === "permitted") return "yes";
        return grant?.effect === "approval" ? `with consent of ${grant.by.join(" or ")}` : "";
      }),
    );
  });
  return `${NOTE}
# Permissions

Every operation and query falls under one action of the response policy. \`own\` concerns only oneself.

## Operations

${table(["operation", "route", "action", "what it does"], operations)}
## Queries

${table(["query", "route", "action", "what it shows"], queries)}
## The policy that ships

It has to be adopted before anyone may do anything.

${table(["action", "in words", ...ROLES], policy)}`;
}

function entries(): string {
  const rows = Object.entries(ENTRIES).map(([type, schema]) =>
    row(
      `\`${type}\``,
      Object.keys(schema.shape)
        .map((field) => `\`${field}\``)
        .join(", "),
    ),
  );
  return `${NOTE}
# Entries

What the handling log can hold. Each field is disclosed on its own; \`actor\`, \`zone\`, \`authority\` and, within an
incident, \`incident\` stand on every entry.

${table(["type", "fields"], rows)}`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return `${[row(...head), row(...head.map(() => "---")), ...rows].join("\n")}\n`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
