import * as z from "zod";
import { PersonId } from "../../kernel/id.ts";

/**
 * A denied attempt at something weighty. At most one a person, action and minute is recorded, so that
 * nobody can flood the log by trying.
 */
export const AUTHORITY_ENTRIES = {
  "authority.denied": z.object({
    person: PersonId,
    action: z.string(),
    thing: z.string(),
    policy: z.string(),
  }),
};
