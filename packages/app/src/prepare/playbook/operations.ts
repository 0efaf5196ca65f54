import { playbookAdd, playbookAdopt, playbookDraft, playbookPublish, playbookRetire } from "./playbook.ts";
import { listPlaybooks } from "./queries.ts";

/** The operations on playbooks. */
export const PLAYBOOK_OPERATIONS = [
  playbookAdopt,
  playbookAdd,
  playbookDraft,
  playbookPublish,
  playbookRetire,
] as const;

/** The queries about playbooks. */
export const PLAYBOOK_QUERIES = [listPlaybooks] as const;
