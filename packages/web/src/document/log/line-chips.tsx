import { defanged, type ParsedLine, recognise } from "@jumpkit/core";
import { utcText } from "../../ui/moment-text.ts";
import type { TypedStamp } from "./line-stamp.ts";

/** What the line says beside its words, shown before Enter, so that a slip is seen while it can be mended. */
export function LineChips({
  text,
  line,
  stamp,
}: {
  readonly text: string;
  readonly line: ParsedLine;
  readonly stamp: TypedStamp | undefined;
}) {
  return (
    <div className="dock-chips" id="log-line-says">
      {stamp ? (
        <span className="dock-chip">
          <b>happened</b> {stamp.said} {stamp.zone} = <span className="mono">{utcText(stamp.at)}</span>
        </span>
      ) : null}
      {line.kind === "note" ? null : (
        <span className="dock-chip">
          <b>kind</b> {line.kind}
        </span>
      )}
      {unique(line.mentions).map((name) => (
        <span className="dock-chip" key={`@${name}`}>
          <b>person</b> {name}
        </span>
      ))}
      {recognise(text).map((found) => (
        <span className="dock-chip" key={found.from}>
          <b>{found.kind}</b> <code>{defanged(found)}</code>
        </span>
      ))}
      {unique(line.assets).map((name) => (
        <span className="dock-chip" key={`#${name}`}>
          <b>asset</b> {name}
        </span>
      ))}
    </div>
  );
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
