import type { Checklist, ChecklistId, IncidentId, Playbook, PlaybookId } from "@jumpkit/core";

/** What rules ask about playbooks and the checklists made from them; locked until the transaction ends. */
export interface PlaybookRecords {
  playbook(id: PlaybookId): Promise<Playbook | undefined>;
  /** The playbook in force that was adopted from a shipped one; of two adopters the second waits for the first. */
  adoptedFrom(shipped: string): Promise<Playbook | undefined>;
  /** The checklist, its incident's row locked before its own. */
  checklist(id: ChecklistId): Promise<Checklist | undefined>;
  checklistsOf(incident: IncidentId): Promise<readonly Checklist[]>;
}

/** What queries read of playbooks and checklists. */
export interface PlaybookReading {
  /** Every playbook, by title; retired ones last. */
  all(): Promise<readonly Playbook[]>;
  playbook(id: PlaybookId): Promise<Playbook | undefined>;
  checklistsOf(incident: IncidentId): Promise<readonly Checklist[]>;
}
