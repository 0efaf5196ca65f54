/** What is said about refusals in reviewing incidents and in following up what was learnt. */
export const LEARN_REFUSALS = {
  "review.not_an_incident": {
    status: 409,
    message: "Only a declared or closed incident is reviewed.",
    next: "Declare it first, or leave it: a report that was dismissed is no incident.",
  },
  "review.not_planned": {
    status: 409,
    message: "Nobody has said yet who moderates the review and when it is.",
    next: "Plan the review, then say that it was held.",
  },
  "review.already_held": {
    status: 409,
    message: "The review was held already.",
    next: "Answers can still be amended, and improvements still be proposed.",
  },
  "review.in_future": {
    status: 422,
    message: "A review that is still to come was not held.",
    next: "Give a moment before the one in details.",
  },
  "review.unanswered": {
    status: 409,
    message: "Questions of the review have no answer.",
    next: "Answer those in details; that there is nothing to say is an answer too.",
  },
  "review.too_much": {
    status: 409,
    message: "The review holds as much input as it can.",
    next: "Bring the rest to the meeting, or put it in the log.",
  },
  "improvement.not_an_incident": {
    status: 409,
    message: "This was no incident.",
    next: "Open it again if it was one after all.",
  },
  "improvement.ended": {
    status: 409,
    message: "This improvement is done or dropped.",
    next: "Propose another one.",
  },
  "improvement.past_due": {
    status: 422,
    message: "An improvement is due today or later.",
    next: "Give a day that is still to come.",
  },
} as const;
