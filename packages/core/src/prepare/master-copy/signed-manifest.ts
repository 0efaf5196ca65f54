import * as z from "zod";
import { Sha256 } from "../../kernel/digest.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { MasterCopy } from "./master-copy.ts";

/**
 * What the signatures of a manifest say, as far as a server compares it.
 *
 * @source in-toto Statement v1, predicate `urn:jumpkit:master-copy:1`
 */
export const ManifestStatement = z.object({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  subject: z.tuple([z.object({ digest: z.object({ sha256: Sha256 }) })]),
  predicateType: z.literal("urn:jumpkit:master-copy:1"),
  predicate: z.object({
    host: z.string(),
    version: z.int(),
    expiresOn: z.string(),
    preparedBy: z.string(),
  }),
});

/** Signatures that were found good: what was signed, and the names of the keys that signed it. */
export interface Signed {
  readonly statement: unknown;
  readonly signers: readonly string[];
}

/** What arrived: the digest of its bytes, and how many entries they hold by their own last line. */
export interface ArrivedManifest {
  readonly sha256: string;
  readonly entryCount: number;
}

export type SignedRefusal =
  | { readonly code: "mastercopy.envelope_broken" }
  | { readonly code: "mastercopy.not_signed"; readonly by: string }
  | { readonly code: "mastercopy.other_statement"; readonly what: string };

/**
 * Whether these bytes and signatures are those of a registered master copy; `undefined` when they are.
 *
 * `mastercopy.not_signed` names the person whose key did not sign, `mastercopy.other_statement` what differs.
 */
export function whyNotOf(
  copy: MasterCopy,
  { statement, signers }: Signed,
  arrived: ArrivedManifest,
): SignedRefusal | undefined {
  const read = readStatement(statement);
  if (!read.ok) return read.refusal;
  const { subject, predicate } = read.value;
  const missing = [copy.preparedBy, copy.approvedBy].find((name) => !signers.includes(name));
  if (missing !== undefined) return { code: "mastercopy.not_signed", by: missing };
  const isAlone = copy.preparedBy === copy.approvedBy;
  if (isAlone) return { code: "mastercopy.not_signed", by: "a second person" };
  const differs = (
    [
      ["digest", arrived.sha256, copy.manifestSha256],
      ["signed digest", subject[0].digest.sha256, copy.manifestSha256],
      ["number of entries", arrived.entryCount, copy.entryCount],
      ["host", predicate.host, copy.name],
      ["version", predicate.version, copy.version],
      ["preparer", predicate.preparedBy, copy.preparedBy],
      ["last day", predicate.expiresOn, copy.expiresAt.slice(0, 10)],
    ] as const
  ).find(([, said, known]) => said !== known);
  return differs && { code: "mastercopy.other_statement", what: differs[0] };
}

function readStatement(statement: unknown): Result<z.infer<typeof ManifestStatement>, SignedRefusal> {
  const read = ManifestStatement.safeParse(statement);
  return read.success ? accept(read.data) : refuse({ code: "mastercopy.envelope_broken" });
}
