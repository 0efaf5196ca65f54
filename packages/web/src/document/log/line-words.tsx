import "./line-words.css";
import { defanged, parseLine, recognise } from "@jumpkit/core";
import type { ReactNode } from "react";

/** The words of a line: people and assets set apart by weight, and values defanged and set apart as such. */
export function LineWords({ text }: { readonly text: string }) {
  const found = recognise(text).map((each) => ({
    ...each,
    shown: (
      <code key={each.from} className="observable" title={each.kind}>
        {defanged(each)}
      </code>
    ),
  }));
  const named = parseLine(text)
    .parts.filter(({ kind }) => kind === "person" || kind === "asset")
    .filter((part) => !found.some((each) => part.from < each.to && each.from < part.to))
    .map((part) => ({ ...part, shown: <b key={part.from}>{part.text}</b> }));
  const words: ReactNode[] = [];
  let from = 0;
  for (const part of [...found, ...named].sort((a, b) => a.from - b.from)) {
    words.push(text.slice(from, part.from), part.shown);
    from = part.to;
  }
  return (
    <>
      {words}
      {text.slice(from)}
    </>
  );
}
