import {
  costAdd,
  costChooseCurrency,
  costReverse,
  listRates,
  rateSet,
  showCostTotals,
  showLedger,
  suggestHours,
} from "./cost.ts";
import { EXERCISE_OPERATIONS } from "./exercise/exercise.ts";
import { EXERCISE_QUERIES } from "./exercise/queries.ts";
import { followupArrange, followupSave, showFollowup, showFollowupTemplate } from "./followup.ts";
import {
  improvementDrop,
  improvementFinish,
  improvementMove,
  improvementPropose,
  improvementsOfIncident,
  listImprovements,
} from "./improvement.ts";
import { metricsChoose, showMetrics } from "./metrics.ts";
import { listDueReviews, reviewAnswer, reviewHold, reviewInput, reviewPlan, showReview } from "./review.ts";

/** The operations about what was learnt. */
export const LEARN_OPERATIONS = [
  reviewPlan,
  reviewInput,
  reviewAnswer,
  reviewHold,
  improvementPropose,
  improvementMove,
  improvementFinish,
  improvementDrop,
  costChooseCurrency,
  costAdd,
  costReverse,
  rateSet,
  ...EXERCISE_OPERATIONS,
  followupArrange,
  followupSave,
  metricsChoose,
] as const;

/** The queries about what was learnt. */
export const LEARN_QUERIES = [
  showReview,
  listDueReviews,
  improvementsOfIncident,
  listImprovements,
  showMetrics,
  showLedger,
  suggestHours,
  showCostTotals,
  listRates,
  ...EXERCISE_QUERIES,
  showFollowup,
  showFollowupTemplate,
] as const;
