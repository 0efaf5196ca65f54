import * as z from "zod";
import { EvidenceId, PersonId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { GATE_TEXTS, type GateId } from "../../prepare/playbook/gate.ts";

/** Somebody as an entry names them. */
export const Named = z.object({ id: PersonId, name: z.string() });
export type Named = z.infer<typeof Named>;

/** The longest output of a check that an entry keeps; longer ones go into evidence. */
export const CHECK_TEXT_MAX = 65_536;

/** What is said with every proof: what it names, where its gate asks for that, and a note. */
export const SaidOfProof = z.strictObject({
  names: prose(300)
    .default("")
    .describe("The master copy and version, or the restore point, where the gate asks"),
  note: prose(2000).default(""),
});
export type SaidOfProof = z.infer<typeof SaidOfProof>;

/** The proof that one person can give by themselves: what a check printed, or an item of evidence. */
export const OwnProof = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("check_output"),
    tool: line(120).describe("The tool, such as jumpkit master-copy check"),
    toolVersion: line(60),
    text: prose(CHECK_TEXT_MAX).refine((text) => text.trim() !== "", {
      error: "is empty; paste what the check printed",
    }),
  }),
  z.strictObject({ kind: z.literal("evidence_item"), item: EvidenceId }),
]);
export type OwnProof = z.infer<typeof OwnProof>;

/** A proof as its entry keeps it. */
export const Proof = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("check_output"),
    tool: z.string(),
    toolVersion: z.string(),
    text: z.string(),
    sha256: z.string(),
  }),
  z.object({ kind: z.literal("evidence_item"), item: EvidenceId, number: z.int() }),
  /** One person said so and another one looked for themselves. */
  z.object({ kind: z.literal("second_person"), claimed: Named, confirmed: Named }),
]);
export type Proof = z.infer<typeof Proof>;

/** What is said of a proof in one line, without the output itself. */
export function proofText(proof: Proof | undefined): string {
  switch (proof?.kind) {
    case "check_output":
      return `${proof.tool} ${proof.toolVersion}, output ${proof.sha256.slice(0, 8)}…`;
    case "evidence_item":
      return `evidence item ${proof.number}`;
    case "second_person":
      return `${proof.claimed.name} did it, ${proof.confirmed.name} looked`;
    default:
      return "(withheld)";
  }
}

/** What a proof of this gate has to name and does not, or `undefined`. */
export function notNamed(gate: GateId, said: SaidOfProof): string | undefined {
  const asks = GATE_TEXTS[gate].names;
  return asks !== null && said.names.trim() === "" ? asks : undefined;
}
