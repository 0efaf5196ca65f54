import { MasterCopyId, Sha256 } from "@jumpkit/core";
import * as z from "zod";
import { query } from "../../query.ts";

const DIGESTS_MAX = 100;
const COPIES_SHOWN = 50;

/** Where a file of a digest stands, and so whether somebody looked at it while its host was sound. */
export const findDigest = query({
  name: "mastercopy.find_digest",
  phase: "prepare",
  summary: "In which kept master copies files of these digests stand, and whether those were approved",
  action: "asset.read",
  path: "/v1/mastercopy/digest",
  input: z.strictObject({
    sha256: z
      .string()
      .max(DIGESTS_MAX * 65)
      .default("")
      .transform((text) => text.split(",").filter((part) => part !== ""))
      .pipe(z.array(Sha256).max(DIGESTS_MAX))
      .describe("Of the files' bytes, at most a hundred with commas between"),
  }),
  output: z.object({
    items: z.array(
      z.object({
        sha256: z.string(),
        firstAt: z.string().describe("when the first master copy was registered that it stands in"),
        hostCount: z.int().describe("hosts with a master copy in force that it stands in"),
        isApproved: z.boolean().describe("it stands in one that was reviewed and approved"),
        copies: z
          .array(z.object({ id: MasterCopyId, name: z.string(), version: z.int(), isApproved: z.boolean() }))
          .describe("those not retired, by host, the newest version first; at most 50"),
      }),
    ),
    unreadCount: z.int().describe("kept master copies that were not read yet: what they hold is not known"),
  }),
  run: async ({ sha256 }, reading) => ({
    items: (await reading.masterCopies.standings([...new Set(sha256)])).map(
      ({ sha256: digest, firstAt, copies }) => ({
        sha256: digest,
        firstAt,
        hostCount: new Set(copies.map(({ name }) => name.toLowerCase())).size,
        isApproved: copies.some((copy) => copy.isApproved),
        copies: copies.slice(0, COPIES_SHOWN),
      }),
    ),
    unreadCount: await reading.masterCopies.unreadCount(),
  }),
});

/** Who asked for a master copy, and what for. */
export const listCopyFetches = query({
  name: "mastercopy.fetches",
  phase: "prepare",
  summary: "Who asked for a master copy and what for, newest first, at most fifty",
  action: "asset.read",
  path: "/v1/mastercopy/{copy}/fetches",
  input: z.strictObject({ copy: MasterCopyId }),
  output: z.object({
    items: z.array(z.object({ by: z.string(), at: z.string(), purpose: z.string() })),
  }),
  run: async ({ copy }, reading) =>
    (await reading.masterCopies.masterCopy(copy)) && {
      items: [...(await reading.masterCopies.fetches(copy))],
    },
});
