/** How the refusals of notifications are told. */
export const NOTIFICATION_REFUSALS = {
  "notification.no_such_source": {
    status: 422,
    message: "A fact names a line or an observable that this incident does not have.",
    next: "Take the fact that details name from a line of the log or a confirmed observable.",
  },
  "notification.below_source": {
    status: 422,
    message: "A fact is labelled more mildly than the observable it names.",
    next: "Give the fact the label that details name, or confirm the observable anew with another label.",
  },
  "notification.dropped": {
    status: 409,
    message: "This notification was given up.",
    next: "Draft another one.",
  },
  "notification.not_to_them": {
    status: 409,
    message: "This notification is not addressed to them.",
    next: "Add them to its recipients first.",
  },
  "notification.no_letterhead": {
    status: 409,
    message: "Nobody has said yet who writes and how others call back.",
    next: "A manager sets the letterhead first.",
  },
  "notification.party_retired": {
    status: 409,
    message: "This contact is no longer in use.",
    next: "Choose a contact that is.",
  },
  "notification.barred": {
    status: 409,
    message: "This address is barred in this incident: it is the intruder's, or the intruder may read it.",
    next: "Never write to the intruder. Tell the owner of a compromised mailbox by voice or by letter.",
  },
  "notification.not_cleared": {
    status: 409,
    message: "The message is marked more strictly than this recipient may be sent.",
    next: "Lower the marking and let the facts above it be struck out, or tell somebody else.",
  },
  "notification.red_by_voice": {
    status: 409,
    message: "What is TLP:RED is told by voice, directly.",
    next: "Choose the call and read the script out.",
  },
  "notification.red_unnamed": {
    status: 409,
    message: "What is TLP:RED is for a named person alone.",
    next: "Name the person who hears it.",
  },
  "notification.no_address": {
    status: 409,
    message: "This contact has no mail address.",
    next: "Add one to the contact, or choose a letter or a call.",
  },
  "notification.not_an_intermediary": {
    status: 409,
    message: "What withholds our name goes through a trusted intermediary, and this contact is none.",
    next: "Choose a contact that is called as a trusted intermediary.",
  },
  "notification.names_us": {
    status: 409,
    message: "The words would say who we are, though that is to be withheld.",
    next: "Take our names out of the parts that details name.",
  },
  "notification.repeats": {
    status: 409,
    message: "The words repeat what is marked above the message, or a fact that is struck out of it.",
    next: "Take it out of the parts that details name, or raise the marking.",
  },
  "notification.not_as_previewed": {
    status: 409,
    message: "The message is no longer the one that was looked at.",
    next: "Look at it again, then release it.",
  },
  "notification.on_its_way": {
    status: 409,
    message: "A message to this recipient is on its way.",
    next: "Wait until it is known what became of it.",
  },
  "notification.released_already": {
    status: 409,
    message: "Somebody was told already, so it cannot be given up.",
    next: "Close it with each recipient instead.",
  },
  "notification.not_released": {
    status: 409,
    message: "Nothing waits there for this recipient.",
    next: "Release the message first.",
  },
  "notification.by_mail": {
    status: 409,
    message: "It goes by mail: the house itself writes down what becomes of it.",
    next: "Wait for the mail server's answer.",
  },
} as const;
