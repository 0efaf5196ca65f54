import { Tag } from "../../ui/tag.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { MasterCopy } from "./master-copy-queries.ts";

/** How a master copy stands: whether it may be relied on, how old it is, and what of its host is open. */
export function CopyTags({ copy }: { readonly copy: MasterCopy }) {
  return (
    <Verbs>
      <Standing copy={copy} />
      {copy.isDue ? (
        <Tag tone={copy.isExpired ? "critical" : "warn"} shape={copy.isExpired ? "triangle" : "half"}>
          {copy.isExpired ? "expired" : "renew soon"}
        </Tag>
      ) : null}
      {copy.openCount > 0 ? (
        <Tag tone="critical" shape="cross">
          {`${copy.openCount} open`}
        </Tag>
      ) : null}
    </Verbs>
  );
}

function Standing({ copy }: { readonly copy: MasterCopy }) {
  if (copy.approval !== null) {
    return (
      <Tag tone="ok" shape="check">
        approved
      </Tag>
    );
  }
  if (copy.review?.result === "suspicious") {
    return (
      <Tag tone="critical" shape="cross">
        suspicious
      </Tag>
    );
  }
  return (
    <Tag tone="warn" shape="half">
      {copy.review === null ? "to be reviewed" : "to be approved"}
    </Tag>
  );
}
