import {
  type IncidentPicture,
  PICTURE_FACTS,
  PICTURE_GROUPS,
  type PictureGroup,
  type PictureRow,
} from "./picture.ts";

/** One fact that is not what it was; an empty text is *not said*. */
export interface Changed {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What became of one thing between two pictures: it came, it went, or some of its facts are others. */
export interface Difference {
  readonly group: PictureGroup | "incident";
  readonly id: string;
  readonly name: string;
  readonly how: "new" | "gone" | "changed";
  readonly changes: readonly Changed[];
}

const FACT_WORDS: Readonly<Record<(typeof PICTURE_FACTS)[number], string>> = {
  title: "Title",
  status: "Status",
  priority: "Priority",
  because: "Because",
  lead: "Lead",
  team: "Team",
  tlp: "Marking",
  vector: "Came in by",
  origin: "From",
  ongoing: "Still going on",
  description: "What was seen",
};

/**
 * What differs between two pictures of an incident: its own facts first, then thing by thing.
 *
 * @returns  nothing if and only if the two say the same
 */
export function differenceOf(before: IncidentPicture, after: IncidentPicture): Difference[] {
  const changes = PICTURE_FACTS.flatMap((fact) =>
    changed(FACT_WORDS[fact], before.facts[fact], after.facts[fact]),
  );
  const own: Difference[] =
    changes.length === 0
      ? []
      : [{ group: "incident", id: "", name: after.facts.title, how: "changed", changes }];
  return [
    ...own,
    ...PICTURE_GROUPS.flatMap((group) => rowsBetween(group, before.rows[group], after.rows[group])),
  ];
}

function rowsBetween(
  group: PictureGroup,
  before: readonly PictureRow[],
  after: readonly PictureRow[],
): Difference[] {
  const then = new Map(before.map((row) => [row.id, row]));
  const now = new Map(after.map((row) => [row.id, row]));
  const gone = before
    .filter(({ id }) => !now.has(id))
    .map(({ id, name }) => ({ group, id, name, how: "gone" as const, changes: [] }));
  return [...after.flatMap((row) => between(group, then.get(row.id), row)), ...gone];
}

function between(group: PictureGroup, before: PictureRow | undefined, after: PictureRow): Difference[] {
  const { id, name } = after;
  if (before === undefined) return [{ group, id, name, how: "new", changes: [] }];
  const facts = new Set([...Object.keys(before.facts), ...Object.keys(after.facts)]);
  const changes = [
    ...changed("Name", before.name, name),
    ...[...facts].flatMap((fact) => changed(fact, before.facts[fact] ?? "", after.facts[fact] ?? "")),
  ];
  return changes.length === 0 ? [] : [{ group, id, name, how: "changed", changes }];
}

function changed(what: string, before: string, after: string): Changed[] {
  return before === after ? [] : [{ what, before, after }];
}
