/** How the refusals of advisories are told. */
export const ADVISORY_REFUSALS = {
  "advisory.over": {
    status: 409,
    message: "This advisory was taken back or given up.",
    next: "Draft another one.",
  },
  "advisory.nothing_drafted": {
    status: 409,
    message: "Nothing of this advisory waits to be approved or sent.",
    next: "Write its next version first.",
  },
  "advisory.own_draft": {
    status: 403,
    message: "Who wrote an advisory does not approve it.",
    next: "Ask somebody else who may contact other sites to look at it.",
  },
  "advisory.approved_already": {
    status: 409,
    message: "Somebody approved this version already.",
    next: "Send it, or write it anew.",
  },
  "advisory.not_approved": {
    status: 409,
    message: "Nobody has approved these words.",
    next: "A second person looks at them and approves them first.",
  },
  "advisory.sent_already": {
    status: 409,
    message: "The very same was sent before.",
    next: "Revise the advisory that details name, or say what is different.",
  },
  "advisory.not_as_previewed": {
    status: 409,
    message: "The advisory, or whom it goes to, is no longer what was looked at.",
    next: "Look at it again.",
  },
  "advisory.nobody": {
    status: 409,
    message: "Nobody of the chosen groups can be sent this advisory.",
    next: "Look at who is left out and why; add mail addresses or choose other groups.",
  },
  "advisory.on_its_way": {
    status: 409,
    message: "This version is on its way.",
    next: "Wait until it is known what became of it.",
  },
  "advisory.not_sent": {
    status: 409,
    message: "No version of this advisory was sent.",
    next: "Give the draft up instead.",
  },
  "advisory.not_to_them": {
    status: 409,
    message: "This advisory was not sent to them.",
    next: "Choose somebody it was sent to, or send a revision to more groups.",
  },
  "advisory.replaced": {
    status: 409,
    message: "This version was replaced by a later one.",
    next: "Send the latest version again instead.",
  },
  "advisory.arrived": {
    status: 409,
    message: "The mail server has taken this mail.",
    next: "It goes to nobody twice: revise the advisory if there is more to say.",
  },
  "advisory.told_already": {
    status: 409,
    message: "It is written down already how they were told.",
    next: "Revise the advisory if there is more to say.",
  },
  "advisory.reason_needed": {
    status: 409,
    message: "Nobody knows whether this mail left, so sending it again may tell them twice.",
    next: "Say why it goes again, such as that they told you by phone that nothing came.",
  },
  "advisory.tried_enough": {
    status: 409,
    message: "This mail was tried twenty times.",
    next: "Look at what the mail server says, and reach them in another way.",
  },
  "advisory.not_writable": {
    status: 409,
    message: "They cannot be written to now.",
    next: "Details say who and why; reach them in another way if they need to know.",
  },
} as const;
