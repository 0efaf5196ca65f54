import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";

/** What one has, such as passkeys, each with what it is told about it and the way to be rid of it. */
export function OwnThings({ children }: { readonly children: readonly ReactNode[] }) {
  return children.length === 0 ? null : <ul className="own-things">{children}</ul>;
}

/** One of {@link OwnThings}; `about` are lines of class `meta`. Without `remove` it has no button, but `instead`. */
export function OwnThing({
  name,
  about,
  remove,
  instead,
}: {
  readonly name: string;
  readonly about: ReactNode;
  readonly remove?: { readonly label: string; readonly isPending: boolean; readonly run: () => void };
  readonly instead?: ReactNode;
}) {
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {about}
      </span>
      {remove === undefined ? (
        instead
      ) : (
        <Button onClick={remove.run} disabled={remove.isPending}>
          {remove.label}
        </Button>
      )}
    </li>
  );
}

/** When something was last used, as the end of a line: a thing never used is the first to go. */
export function LastUsed({ at }: { readonly at: string | null | undefined }) {
  return at ? (
    <>
      {" "}
      · used <Moment at={at} />
    </>
  ) : (
    " · never used"
  );
}
