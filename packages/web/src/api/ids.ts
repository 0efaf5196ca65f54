import type { AssetId, EvidenceId, ExerciseId, IncidentId, PersonId } from "@jumpkit/core";

/**
 * Ids as they stand in an address. The server parses them and answers *no such thing* to any other text, so
 * here they only get their type.
 */
export const incidentIdOf = (text: string): IncidentId => text as IncidentId;
export const evidenceIdOf = (text: string): EvidenceId => text as EvidenceId;
export const personIdOf = (text: string): PersonId => text as PersonId;
export const assetIdOf = (text: string): AssetId => text as AssetId;
export const exerciseIdOf = (text: string): ExerciseId => text as ExerciseId;
