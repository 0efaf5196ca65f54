/** What is said about refusals in master copies. */
export const MASTER_COPY_REFUSALS = {
  "mastercopy.not_newer": {
    status: 409,
    message: "A master copy of this host with as high a version is registered already.",
    next: "Sign the new one with a higher --serial.",
  },
  "mastercopy.not_reviewed": {
    status: 409,
    message: "Nobody has reviewed this master copy for malicious software.",
    next: "Review it first, and say with which scanner.",
  },
  "mastercopy.suspicious": {
    status: 409,
    message: "The review of this master copy found something.",
    next: "Retire it, and make a new one of a host that is sound.",
  },
  "mastercopy.own": {
    status: 409,
    message: "You registered this master copy yourself.",
    next: "Ask somebody else to look at it and approve it.",
  },
  "mastercopy.approved_already": {
    status: 409,
    message: "This master copy is approved already.",
    next: "There is nothing left to do.",
  },
  "mastercopy.not_approved": {
    status: 409,
    message: "This master copy is not approved, so nobody should build on it.",
    next: "Review and approve it, or take an older version that is.",
  },
  "mastercopy.other_manifest": {
    status: 409,
    message: "The check compared with another manifest than this master copy's.",
    next: "Check again with the manifest of the digest that the page shows.",
  },
  "mastercopy.no_such_difference": {
    status: 409,
    message: "The last check found no such difference.",
    next: "Choose one that the master copy's page shows.",
  },
  "mastercopy.sent_already": {
    status: 409,
    message: "This sealed check is kept already.",
    next: "Check the host again if it has changed, and send the new file.",
  },
  "mastercopy.seal_broken": {
    status: 422,
    message: "This is not the file of a sealed check, or it was damaged.",
    next: "Send the file as jumpkit master-copy check --bundle wrote it.",
  },
  "mastercopy.unknown_key": {
    status: 409,
    message: "This check is not sealed by a key that its master copy names.",
    next: "Check again with --key of a named one, or register a newer master copy with --checker.",
  },
  "mastercopy.seal_malformed": {
    status: 422,
    message: "What this sealed check says does not fit together.",
    next: "Details say where. Check again with the newest jumpkit.",
  },
  "mastercopy.in_past": {
    status: 422,
    message: "The acceptance would have ended already.",
    next: "Choose a moment that lies ahead.",
  },
  "mastercopy.kept_already": {
    status: 409,
    message: "The file of this master copy is kept here already.",
    next: "There is nothing left to do; jumpkit master-copy fetch gives it out.",
  },
  "mastercopy.unsound": {
    status: 422,
    message: "These bytes are not a sound manifest.",
    next: "Details say what is wrong. Send the file that jumpkit master-copy create wrote.",
  },
  "mastercopy.envelope_broken": {
    status: 422,
    message: "These are not the signatures of a master copy, or they were damaged.",
    next: "Send the file that lies beside the manifest and ends in .dsse.json.",
  },
  "mastercopy.not_signed": {
    status: 409,
    message:
      "A signature that this master copy was registered with is missing, or its key is not known here.",
    next: "Details say whose. Register a newer version with the keys of both.",
  },
  "mastercopy.other_statement": {
    status: 409,
    message: "The file or its signatures are not those of this master copy.",
    next: "Details say what differs. Choose the file that was registered.",
  },
} as const;
