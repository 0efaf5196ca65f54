/** How the refusals of playbooks and checklists are told. */
export const PLAYBOOK_REFUSALS = {
  "playbook.stale": {
    status: 409,
    message: "The playbook was changed since you looked.",
    next: "Look at it again and repeat your change on what it says now.",
  },
  "playbook.step_twice": {
    status: 422,
    message: "Two steps bear the same name.",
    next: "Give the step in details a name of its own.",
  },
  "playbook.no_draft": {
    status: 409,
    message: "There is no draft to put in force.",
    next: "Write the draft of the next version first.",
  },
  "playbook.retired": {
    status: 409,
    message: "The playbook is retired: it stays on record and changes no more.",
    next: "Begin a new one.",
  },
  "playbook.already_adopted": {
    status: 409,
    message: "This playbook is in the library already.",
    next: "Change the one named in details, or start it in an incident.",
  },
  "checklist.already_started": {
    status: 409,
    message: "This version of the playbook is gone through in this incident already.",
    next: "Go on with the checklist named in details.",
  },
  "checklist.not_in_force": {
    status: 409,
    message: "The playbook is not in force.",
    next: "Adopt it or put its draft in force first.",
  },
  "checklist.no_such_step": {
    status: 404,
    message: "The checklist has no such step.",
    next: "Look at the checklist again.",
  },
  "checklist.host_needed": {
    status: 422,
    message: "A step for each host is marked for one of them, and no other step for any.",
    next: "Name a host of this incident, or none.",
  },
  "checklist.unchanged": {
    status: 409,
    message: "That is how it stands with this step already.",
    next: "Nothing is left to do.",
  },
} as const;
