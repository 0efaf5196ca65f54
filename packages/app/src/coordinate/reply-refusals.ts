/** How the refusals of mail that came back are told. */
export const REPLY_REFUSALS = {
  "reply.known": {
    status: 409,
    message: "This very mail was taken in before.",
    next: "Look at the reply that details name.",
  },
  "reply.no_such_upload": {
    status: 422,
    message: "The mail did not arrive whole.",
    next: "Send it again.",
  },
  "reply.too_large": {
    status: 413,
    message: "This mail is larger than a reply may be.",
    next: "Collect it as evidence of its incident instead.",
  },
  "reply.done": {
    status: 409,
    message: "Somebody has dealt with this reply already.",
    next: "Write a line in the log of the incident if there is more to say.",
  },
  "reply.unmatched": {
    status: 409,
    message: "Nobody has said yet whose answer this is.",
    next: "Say which notification and which recipient it answers first.",
  },
  "reply.of_advisory": {
    status: 409,
    message: "An advisory waits for no answer, so a reply to it moves nobody.",
    next: "Say that it was read, without how far its sender is.",
  },
} as const;
