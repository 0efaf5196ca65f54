/** What is said about refusals in exercises. */
export const EXERCISE_REFUSALS = {
  "exercise.wrong_state": {
    status: 409,
    message: "The exercise is not in a state in which this can be done.",
    next: "Details say how it stands and what it needs.",
  },
  "exercise.not_your_part": {
    status: 403,
    message: "Your part in this exercise is another one.",
    next: "Ask somebody with a part that details name.",
  },
  "exercise.no_facilitator": {
    status: 422,
    message: "Nobody is the facilitator of this exercise.",
    next: "Give somebody that part: they fire the injects and end it.",
  },
  "exercise.named_twice": {
    status: 422,
    message: "Somebody has two parts.",
    next: "Give the person in details one part.",
  },
  "exercise.paused": {
    status: 409,
    message: "Play is paused.",
    next: "Let play go on first.",
  },
  "exercise.not_paused": {
    status: 409,
    message: "Play goes on already.",
    next: "There is nothing left to do.",
  },
  "exercise.fired_already": {
    status: 409,
    message: "The players were told this inject already.",
    next: "Fire the next one.",
  },
  "exercise.no_such_part": {
    status: 404,
    message: "The exercise has no inject or objective of this number.",
    next: "They are counted from 1 to the number in details.",
  },
  "exercise.in_future": {
    status: 422,
    message: "A hot wash that is still to come was not held.",
    next: "Give a moment before the one in details.",
  },
  "exercise.no_hot_wash": {
    status: 409,
    message: "The hot wash was not held yet.",
    next: "Hold it and keep what was said, or say why there was none.",
  },
  "exercise.unjudged": {
    status: 409,
    message: "Nobody has noted how some objectives were reached.",
    next: "Note it for those in details; that one was not reached is a note too.",
  },
} as const;
