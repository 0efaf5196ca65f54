import "./notice.css";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { CircleCheck, Info, TriangleAlert } from "./icons.ts";

/** How much it asks of the reader. */
export type Tone = "warn" | "ok" | "info";

const PICTURES: Readonly<Record<Tone, LucideIcon>> = { warn: TriangleAlert, ok: CircleCheck, info: Info };

/** What happened, to what, and the next step, in the place the eye already is. `warn` is read out at once. */
export function Notice({
  tone,
  title,
  verb,
  children,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly verb?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={`notice ${tone}`} role={tone === "warn" ? "alert" : "status"}>
      <Icon of={PICTURES[tone]} />
      <p className="notice-title">{title}</p>
      <div className="notice-words">{children}</div>
      {verb ? <div className="notice-verb">{verb}</div> : null}
    </div>
  );
}
