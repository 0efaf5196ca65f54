import { type Result, refuse } from "@jumpkit/core";
import { complaintsOf, denialOf } from "./execute.ts";
import type { JsonObject } from "./json.ts";
import type { Viewer } from "./ports.ts";
import type { Query } from "./query.ts";
import type { Reading } from "./reading.ts";
import type { Refusal } from "./refusals.ts";
import { grantedTo, within } from "./within.ts";

/**
 * Answers a query for a person.
 *
 * A thing that does not exist and one that may not be seen are refused alike; a list that may not be seen at
 * all is refused with who may. Whom the policy lets read no incident may still have been let into some: a
 * query that allows for it is then asked on a reading that holds nothing else.
 */
export async function ask(
  reading: Reading,
  query: Query,
  request: { readonly viewer: Viewer; readonly input: unknown },
): Promise<Result<JsonObject, Refusal>> {
  const parsed = query.input.safeParse(request.input);
  if (!parsed.success) return refuse({ code: "request.malformed", complaints: complaintsOf(parsed.error) });
  const { token } = request.viewer;
  if (token !== undefined) {
    if (query.inPerson) return refuse({ code: "token.not_for_this" });
    if (query.action === "own" && !token.scopes.includes("own")) {
      return refuse({ code: "token.out_of_scope", scope: "own" });
    }
  }
  let seen = reading;
  if (query.action !== "own") {
    const permission = await reading.permission(request.viewer, query.action);
    const aboutOneThing = query.path.includes("{");
    if (!permission.allowed) {
      const granted = query.shared ? await grantedTo(request.viewer, reading) : [];
      if (granted.length === 0) {
        return refuse(aboutOneThing ? { code: "thing.not_found" } : denialOf(query, permission));
      }
      seen = within(reading, granted);
    }
  }
  const output = await query.run(parsed.data, seen, request.viewer);
  return output === undefined ? refuse({ code: "thing.not_found" }) : { ok: true, value: output };
}
