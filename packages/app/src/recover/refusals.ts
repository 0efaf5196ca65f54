/** How the refusals of recovery are told. */
export const RECOVERY_REFUSALS = {
  "recovery.already_in": {
    status: 409,
    message: "All of these hosts are on their way back already.",
    next: "Open the recovery matrix of this incident.",
  },
  "recovery.gates_open": {
    status: 409,
    message: "The host has open gates, so it stays off the network.",
    next: "Prove what details name under missing, or have it waived by one of mayWaive; then try again.",
  },
  "recovery.ended": {
    status: 409,
    message: "This host's way has ended: it is back, kept off, or was found clean.",
    next: "If it is affected again, take it back to analysis.",
  },
  "recovery.out_of_order": {
    status: 409,
    message: "Something else has to be done on this host first.",
    next: "Do what details name under first. The disk is copied before anything is removed, and proofs are made of the host as it returns.",
  },
  "recovery.already_eradicated": {
    status: 409,
    message: "This step is recorded for this host already.",
    next: "If it has to be done again, take the host back to analysis.",
  },
  "recovery.already_connected": {
    status: 409,
    message: "The host is on the network.",
    next: "If it is affected again, isolate it and take it back to analysis.",
  },
  "recovery.inside_first": {
    status: 409,
    message: "A host is reconnected inside before it is reconnected outside.",
    next: "Reconnect it inside, watch it, then decide about the outside.",
  },
  "recovery.not_reconnected": {
    status: 409,
    message: "The host is not on the network.",
    next: "Reconnect it through its gates, or say that it stays off.",
  },
  "recovery.not_watched": {
    status: 409,
    message: "Nobody recorded that the host was watched since its return.",
    next: "Watch it as long as the plan says, and record what was found.",
  },
  "recovery.already_treated": {
    status: 409,
    message: "Something was removed from this host, or it was affected more than once.",
    next: "It comes back through its gates, or it stays off.",
  },
  "gate.not_needed": {
    status: 409,
    message: "This gate is left out for this host.",
    next: "Choose another gate, or ask for this one after all.",
  },
  "gate.already_settled": {
    status: 409,
    message: "This gate of this host is proven already.",
    next: "Withdraw the proof first if it turned out wrong.",
  },
  "gate.already_working": {
    status: 409,
    message: "You work on this gate already.",
    next: "Prove it, or open it again.",
  },
  "gate.not_named": {
    status: 422,
    message: "A proof of this gate names what details say.",
    next: "Name it and send the proof again.",
  },
  "gate.too_many_outputs": {
    status: 422,
    message: "One output of a check does not speak for so many hosts.",
    next: "Prove fewer hosts at once, or take the output into evidence and name the item.",
  },
  "gate.foreign_evidence": {
    status: 422,
    message: "That item belongs to another incident.",
    next: "Take the proof into evidence in this incident.",
  },
  "gate.not_sound": {
    status: 409,
    message: "This sealed check does not show that the host is as its master copy says.",
    next: "Explain or accept every difference on the page Master copies, or check the host again and send that. Details say why.",
  },
  "gate.own_word": {
    status: 422,
    message: "Nobody confirms their own word.",
    next: "Ask somebody else to look.",
  },
  "gate.not_asked": {
    status: 403,
    message: "Somebody else was asked to confirm this gate.",
    next: "Leave it to the person in details, or ask whoever claimed it to ask you.",
  },
  "gate.nothing_asked": {
    status: 409,
    message: "Nobody asked for a second look at this gate.",
    next: "Look at the matrix again: it was proven, withdrawn or opened anew.",
  },
  "gate.nothing_there": {
    status: 409,
    message: "This gate is open, and nobody works on it.",
    next: "Nothing is left to do.",
  },
  "gate.waiver_too_long": {
    status: 422,
    message: "A waiver ends, later than now and within a year.",
    next: "Choose an end before the latest moment in details.",
  },
  "gate.unchanged": {
    status: 409,
    message: "That is what holds for this gate already.",
    next: "Nothing is left to do.",
  },
} as const;
