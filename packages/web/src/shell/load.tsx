import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

/**
 * Shows an answer, the shape of it while it is read, or why it could not be read.
 *
 * An answer read before stays on screen when reading it anew fails; the strip says that the link is lost.
 */
export function Load<Answer>({
  answer,
  label,
  rows = 6,
  children,
}: {
  readonly answer: UseQueryResult<Answer>;
  readonly label: string;
  readonly rows?: number;
  readonly children: (data: Answer) => ReactNode;
}) {
  if (answer.data !== undefined) return children(answer.data);
  if (answer.error) {
    return (
      <div className="load-fault">
        <RefusalNotice
          fault={answer.error}
          verb={<Button onClick={() => void answer.refetch()}>Try again</Button>}
        />
      </div>
    );
  }
  return <SkeletonRows count={rows} label={label} />;
}
