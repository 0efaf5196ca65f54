import {
  checklistDo,
  checklistReopen,
  checklistSkip,
  checklistStart,
  listChecklists,
} from "../../detect/checklist.ts";
import { playbookAdd, playbookAdopt, playbookDraft, playbookPublish, playbookRetire } from "./playbook.ts";
import { listPlaybooks } from "./queries.ts";

/** The operations on playbooks, and on the checklists that incidents make of them. */
export const PLAYBOOK_OPERATIONS = [
  playbookAdopt,
  playbookAdd,
  playbookDraft,
  playbookPublish,
  playbookRetire,
  checklistStart,
  checklistDo,
  checklistSkip,
  checklistReopen,
] as const;

/** The queries about playbooks and checklists. */
export const PLAYBOOK_QUERIES = [listPlaybooks, listChecklists] as const;
