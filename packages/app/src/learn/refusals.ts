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
  "cost.not_an_incident": {
    status: 409,
    message: "Only a declared or closed incident has costs.",
    next: "Declare it first, or leave it: a report that was dismissed is no incident.",
  },
  "cost.no_currency": {
    status: 409,
    message: "Nobody has said yet in which currency the cost of this incident is kept.",
    next: "Choose its one currency first; costs in others are converted at a stated rate.",
  },
  "cost.currency_in_use": {
    status: 409,
    message: "Costs stand in the ledger already, so its currency stays.",
    next: "Write costs in other currencies down with the rate at which they are converted.",
  },
  "cost.unpriced": {
    status: 422,
    message: "A cost is either time at a price for an hour, or a sum.",
    next: "Give minutes with a rate or a price of an hour, or give a sum.",
  },
  "cost.no_rate": {
    status: 422,
    message: "The list of rates has no such rate on that day.",
    next: "Take a name from the list, a later day, or give the price of an hour itself.",
  },
  "cost.range": {
    status: 422,
    message: "An estimate goes from the least to the likely to the most.",
    next: "Order the three numbers; what is known exactly is three times the same.",
  },
  "cost.too_fine": {
    status: 422,
    message: "The sum has more digits behind the point than its currency.",
    next: "Round it to the smallest unit that can be paid.",
  },
  "cost.exchange": {
    status: 422,
    message: "An exchange rate belongs to a price in another currency, and only there.",
    next: "State the rate and who says so, or give the price in the currency of the incident.",
  },
  "cost.reversed": {
    status: 409,
    message: "This cost was taken back already.",
    next: "Write down another one if it holds after all.",
  },
  "cost.too_many": {
    status: 409,
    message: "The ledger holds as many costs as it can.",
    next: "Write several small ones down as one.",
  },
} as const;
