import { entrySentence, fieldText } from "@jumpkit/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Entry } from "../../api/contract.ts";
import { durationText, localText, utcText, zoneName } from "../../ui/moment-text.ts";
import { Tag } from "../../ui/tag.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { useZone } from "../../ui/zone.ts";
import { useNumberOf } from "./item-numbers.ts";
import { LineWords } from "./line-words.tsx";
import { isLine, type LogRow, lateMs } from "./log-rows.ts";
import { ownLabelOf } from "./own-label.ts";

/** One entry: both its times, who made it, what it says; struck and followed by its correction where it has one. */
export const LogRowView = memo(function LogRowView({
  incident,
  row: { entry, corrections },
  at,
  top,
  chosen,
  measure,
}: {
  readonly incident: string;
  readonly row: LogRow;
  readonly at: number;
  readonly top: number;
  readonly chosen: boolean;
  readonly measure: (element: HTMLElement | null) => void;
}) {
  const zone = useZone();
  const late = lateMs(entry);
  const local = localText(entry.happenedAt, zone);
  return (
    <tr
      ref={measure}
      data-index={at}
      aria-rowindex={at + 1}
      className={["log-row", isLine(entry) ? "" : "product", chosen ? "chosen" : ""].join(" ")}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className="seq">
        <Link
          to="/incidents/$incident/entries/$entry"
          params={{ incident, entry: String(entry.incidentSeq) }}
          aria-label={`Entry ${entry.incidentSeq}`}
        >
          {entry.incidentSeq}
        </Link>
      </td>
      <td className="happened">
        <time dateTime={entry.happenedAt} title={saidIn(entry)}>
          {utcText(entry.happenedAt)}
        </time>
      </td>
      <td className="local" title={`${local}, ${zoneName(entry.happenedAt, zone)}`}>
        {local.replace(/ GMT.*$/, "")}
      </td>
      <td className="late" title={`recorded ${utcText(entry.recordedAt)}`}>
        {late === undefined ? "" : `+${durationText(late)}`}
      </td>
      <td className="author cut" title={entry.actor ? `${entry.actor.title}, ${entry.actor.phone}` : ""}>
        {entry.actor?.name ?? "(withheld)"}
      </td>
      <td className="words">
        <OwnLabel entry={entry} />
        <Words entry={entry} corrections={corrections} />
      </td>
    </tr>
  );
});

/** The label that a line has of its own; nothing where it stands under that of the incident. */
function OwnLabel({ entry }: { readonly entry: Entry }) {
  const label = isLine(entry) ? ownLabelOf(entry) : undefined;
  return label === undefined ? null : (
    <>
      <TlpLabel label={label} />{" "}
    </>
  );
}

function Words({ entry, corrections }: { readonly entry: Entry; readonly corrections: readonly Entry[] }) {
  const numberOf = useNumberOf();
  const last = corrections.at(-1);
  if (entry.type === "log.corrected") {
    return (
      <>
        <Tag shape="below">{`corrects ${fieldText(entry.body, "corrects")}`}</Tag>
        {last === undefined ? <LineWords text={entrySentence(entry)} /> : <Struck entry={entry} by={last} />}
      </>
    );
  }
  if (entry.type !== "log.noted") return entrySentence(entry, numberOf);
  const kind = fieldText(entry.body, "kind");
  return (
    <>
      {kind === "note" || kind === "(withheld)" ? null : <Tag>{kind}</Tag>}
      {last === undefined ? <LineWords text={entrySentence(entry)} /> : <Struck entry={entry} by={last} />}
    </>
  );
}

/** The old words struck through, the new beside them: nothing is ever taken away. */
function Struck({ entry, by }: { readonly entry: Entry; readonly by: Entry }) {
  return (
    <>
      <s>{entrySentence(entry)}</s>
      <span className="log-correction">
        <LineWords text={entrySentence(by)} />{" "}
        <span className="meta">
          corrected {utcText(by.recordedAt)} by {by.actor?.name ?? "(withheld)"}
          {by.body["reason"] ? `: ${fieldText(by.body, "reason")}` : ""}
        </span>
      </span>
    </>
  );
}

function saidIn(entry: Entry): string {
  return `said as ${entry.happenedAt}${entry.zone ? ` (${entry.zone})` : ""}`;
}
