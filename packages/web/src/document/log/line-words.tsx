import { parseLine } from "@jumpkit/core";
import type { ReactNode } from "react";

/** The words of a line with the people and assets in it set apart by weight. */
export function LineWords({ text }: { readonly text: string }) {
  const words: ReactNode[] = [];
  let from = 0;
  for (const part of parseLine(text).parts) {
    if (part.kind !== "person" && part.kind !== "asset") continue;
    words.push(text.slice(from, part.from), <b key={part.from}>{part.text}</b>);
    from = part.to;
  }
  return (
    <>
      {words}
      {text.slice(from)}
    </>
  );
}
