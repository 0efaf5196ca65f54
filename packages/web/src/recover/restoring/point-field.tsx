import { standingOfPoint } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { type Backup, backupsQuery } from "../../prepare/backup-register/backup-queries.ts";
import { utcText } from "../../ui/moment-text.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { Restoring } from "./restoring-queries.ts";

type Standing = Restoring["chosen"][number]["standing"];
type Since = Pick<Restoring, "earliestAt">;

/** The restore points of every registered backup to choose from, each with how it stands to the compromise. */
export function PointField({
  restoring,
  value,
  onChange,
}: {
  readonly restoring: Since;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { data: backups } = useQuery(backupsQuery);
  const points = allPoints(backups, restoring);
  const point = points.find((each) => each.value === value);
  return (
    <>
      <SelectField
        label="Restore point"
        placeholder={points.length === 0 ? "No registered backup has one" : "Backup and time"}
        data={points.map((each) => ({ value: each.value, label: each.label }))}
        value={value === "" ? null : value}
        onChange={(chosen) => onChange(chosen ?? "")}
      />
      {point === undefined ? null : (
        <div>
          <StandingTag standing={point.standing} />
        </div>
      )}
    </>
  );
}

/** The point that a value of {@link PointField} stands for. */
export function pointIn(backups: readonly Backup[] | undefined, restoring: Since, value: string) {
  return allPoints(backups, restoring).find((each) => each.value === value);
}

function allPoints(backups: readonly Backup[] | undefined, { earliestAt }: Since) {
  return (backups ?? []).flatMap((backup) => pointsOf(backup, earliestAt));
}

function pointsOf(backup: Backup, earliestAt: string | null) {
  return backup.points.map(({ takenAt, scanned }) => {
    const standing = standingOfPoint(...([takenAt, earliestAt] as Parameters<typeof standingOfPoint>));
    const words = [utcText(takenAt), STANDING[standing].word, scanned.replaceAll("_", " ")].join(", ");
    const value = `${backup.id} ${takenAt}`;
    return { value, backup: backup.id, takenAt, standing, label: `${backup.name}: ${words}` };
  });
}

const STANDING = {
  before: { word: "before the compromise", tone: "ok", shape: "check" },
  inside: { word: "inside the time of compromise", tone: "critical", shape: "triangle" },
  unknown: { word: "nobody knows whether before", tone: "warn", shape: "half" },
} as const;

/** How a restore point stands to the time of compromise. */
export function StandingTag({ standing }: { readonly standing: Standing }) {
  const { word, tone, shape } = STANDING[standing];
  return (
    <Tag tone={tone} shape={shape}>
      {word}
    </Tag>
  );
}
