import * as z from "zod";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TEXT = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/;

/** An opaque, time-ordered id such as `inc_01jd…`: a prefix for the noun and a UUIDv7 in base 32. */
export type Id<Prefix extends string> = `${Prefix}_${string}` & { readonly __id: Prefix };

export type OrganisationId = Id<"org">;
export type PersonId = Id<"psn">;
export type IncidentId = Id<"inc">;
export type EvidenceId = Id<"evd">;
export type UploadId = Id<"upl">;
export type TicketId = Id<"tkt">;
export type ConstituentId = Id<"con">;
export type TeamId = Id<"tem">;
export type SegmentId = Id<"seg">;
export type AssetId = Id<"ast">;
export type ContactId = Id<"ctc">;
export type DutyId = Id<"dty">;
export type ScopeId = Id<"scp">;
export type GrantId = Id<"grt">;
export type IsolationId = Id<"iso">;
export type RunId = Id<"run">;
export type SpareId = Id<"spr">;
export type BackupId = Id<"bkp">;
export type MasterCopyId = Id<"mcp">;
export type ResetId = Id<"rst">;
export type ImprovementId = Id<"imp">;
export type CostId = Id<"cst">;
export type TokenId = Id<"tok">;
export type SessionId = Id<"ses">;
export type PasskeyId = Id<"pky">;
export type IdentityId = Id<"idy">;
export type ApprovalId = Id<"apr">;
export type BreakGlassId = Id<"bkg">;
export type DelegationId = Id<"dlg">;
export type ShiftId = Id<"shf">;
export type RecoveryId = Id<"rec">;
export type PlaybookId = Id<"pbk">;
export type ChecklistId = Id<"chk">;
export type NotificationId = Id<"ntf">;
export type ExerciseId = Id<"exr">;

/** The schema that parses an id of one noun at the edge; anything else is refused by name. */
export function idSchema<const Prefix extends string>(prefix: Prefix) {
  return z
    .string()
    .max(prefix.length + 27)
    .refine((text) => isId(prefix, text), { error: `is not an id of the form ${prefix}_…` })
    .meta({ pattern: `^${prefix}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$` }) as unknown as z.ZodType<
    Id<Prefix>,
    string
  >;
}

export const OrganisationId = idSchema("org");
export const PersonId = idSchema("psn");
export const IncidentId = idSchema("inc");
export const EvidenceId = idSchema("evd");
export const UploadId = idSchema("upl");
export const TicketId = idSchema("tkt");
export const ConstituentId = idSchema("con");
export const TeamId = idSchema("tem");
export const SegmentId = idSchema("seg");
export const AssetId = idSchema("ast");
export const ContactId = idSchema("ctc");
export const DutyId = idSchema("dty");
export const ScopeId = idSchema("scp");
export const GrantId = idSchema("grt");
export const IsolationId = idSchema("iso");
export const RunId = idSchema("run");
export const SpareId = idSchema("spr");
export const BackupId = idSchema("bkp");
export const MasterCopyId = idSchema("mcp");
export const ResetId = idSchema("rst");
export const ImprovementId = idSchema("imp");
export const CostId = idSchema("cst");
export const TokenId = idSchema("tok");
export const SessionId = idSchema("ses");
export const PasskeyId = idSchema("pky");
export const IdentityId = idSchema("idy");
export const ApprovalId = idSchema("apr");
export const BreakGlassId = idSchema("bkg");
export const DelegationId = idSchema("dlg");
export const ShiftId = idSchema("shf");
export const RecoveryId = idSchema("rec");
export const PlaybookId = idSchema("pbk");
export const ChecklistId = idSchema("chk");
export const NotificationId = idSchema("ntf");
export const ExerciseId = idSchema("exr");

/** Whether `text` is an id with this prefix. */
export function isId<Prefix extends string>(prefix: Prefix, text: string): text is Id<Prefix> {
  return text.startsWith(`${prefix}_`) && TEXT.test(text.slice(prefix.length + 1));
}

/**
 * The id of a new thing: a UUIDv7 whose time is `unixMs` and whose remaining bits come from `random`.
 *
 * @param random  at least ten random bytes
 * @source        RFC 9562 §5.7
 */
export function idFrom<const Prefix extends string>(
  prefix: Prefix,
  unixMs: number,
  random: Uint8Array,
): Id<Prefix> {
  const byte = (index: number): bigint => BigInt(random[index] ?? 0);
  let value = BigInt(unixMs) << 80n;
  for (let index = 0; index < 10; index++) value |= byte(index) << BigInt(8 * (9 - index));
  value = (value & ~(0xfn << 76n)) | (0x7n << 76n);
  value = (value & ~(0x3n << 62n)) | (0x2n << 62n);
  return `${prefix}_${base32(value)}` as Id<Prefix>;
}

function base32(value: bigint): string {
  let text = "";
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((value >> shift) & 31n)];
  return text;
}
