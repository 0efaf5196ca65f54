import { Tag } from "../../ui/tag.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { Backup } from "./backup-queries.ts";

/** What is wrong with a backup: the run or the trial is overdue, the last run failed; else that all is well. */
export function BackupTags({ backup }: { readonly backup: Backup }) {
  const failed = backup.lastRun?.outcome === "failed";
  if (!backup.runOverdue && !backup.trialOverdue && !failed) {
    return (
      <Tag tone="ok" shape="check">
        in time
      </Tag>
    );
  }
  return (
    <Verbs>
      {failed ? (
        <Tag tone="critical" shape="cross">
          failed
        </Tag>
      ) : null}
      {backup.runOverdue ? (
        <Tag tone="critical" shape="triangle">
          run overdue
        </Tag>
      ) : null}
      {backup.trialOverdue ? (
        <Tag tone="warn" shape="half">
          trial overdue
        </Tag>
      ) : null}
    </Verbs>
  );
}
