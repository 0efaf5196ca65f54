import { Tag } from "../../ui/tag.tsx";
import type { Isolation } from "../contain-queries.ts";
import { STATES } from "./words.ts";

/** Where an isolation stands. */
export function IsolationTag({ state }: { readonly state: Isolation["state"] }) {
  const { word, tone, shape } = STATES[state];
  return (
    <Tag tone={tone} shape={shape}>
      {word}
    </Tag>
  );
}

/** Whether somebody looks after an isolation; nothing while that is in time or not needed. */
export function CareTag({ care }: { readonly care: Isolation["care"] }) {
  if (care === "forgotten") {
    return (
      <Tag tone="critical" shape="triangle">
        Forgotten
      </Tag>
    );
  }
  if (care !== "review_due") return null;
  return (
    <Tag tone="warn" shape="half">
      Review due
    </Tag>
  );
}
