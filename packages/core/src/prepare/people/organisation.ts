import * as z from "zod";
import { OrganisationId } from "../../kernel/id.ts";

export const ORGANISATION_ENTRIES = {
  "organisation.founded": z.object({
    organisation: OrganisationId,
    name: z.string(),
    /** What incident codes start with, such as JK in JK-2026-0042. */
    codePrefix: z.string(),
    /** Set where it is made up to show the product: nothing of it ever leaves the house. */
    demonstration: z.literal(true).optional(),
  }),
  /** Written first after a restore: which entries the published checkpoint knew and this database does not. */
  "log.restored": z.object({
    fromOrigin: z.string(),
    toOrigin: z.string(),
    restoredSize: z.int(),
    publishedSize: z.int(),
    publishedCheckpoint: z.string(),
    reason: z.string(),
  }),
};
