import * as z from "zod";

/**
 * The Permissible Actions Protocol: what may be done with a value, least restricted first. RED allows what
 * nobody outside can notice; AMBER also asking parties that do not tell the offender; GREEN also contact.
 *
 * @source MISP taxonomy PAP
 */
export const PAP_LABELS = ["PAP:CLEAR", "PAP:GREEN", "PAP:AMBER", "PAP:RED"] as const;
export const Pap = z.enum(PAP_LABELS);
export type Pap = z.infer<typeof Pap>;
