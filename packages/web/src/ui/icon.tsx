import type { LucideIcon } from "lucide-react";

/** A 16 or 20 pixel picture that never stands alone: the words are beside it or in its button's label. */
export function Icon({ of: Picture, size = 16 }: { readonly of: LucideIcon; readonly size?: 14 | 16 | 20 }) {
  return <Picture size={size} strokeWidth={size === 20 ? 1.75 : 2} aria-hidden="true" focusable="false" />;
}
