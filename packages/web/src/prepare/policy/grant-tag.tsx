import { Tag } from "../../ui/tag.tsx";

const GRANTS = {
  permitted: { tone: "ok", shape: "check", word: "You may" },
  approval: { tone: "warn", shape: "half", word: "With consent" },
  forbidden: { tone: "plain", shape: "cross", word: "You may not" },
} as const;

/** What a policy grants, by shape and word. */
export function GrantTag({ effect }: { readonly effect: keyof typeof GRANTS }) {
  const { tone, shape, word } = GRANTS[effect];
  return (
    <Tag tone={tone} shape={shape}>
      {word}
    </Tag>
  );
}
