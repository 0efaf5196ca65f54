import "./log-line.css";
import { parseLine, type Tlp } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef } from "react";
import { newKey } from "../../api/call.ts";
import type { Incident } from "../../api/contract.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { serverNow } from "../../api/server-time.ts";
import { whomToAsk } from "../../prepare/people/whom-to-ask.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Button } from "../../ui/button.tsx";
import { utcClock } from "../../ui/moment-text.ts";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { LineChips } from "./line-chips.tsx";
import { stampOfNow, stampOfTyped } from "./line-stamp.ts";
import { dropLine, useUnsavedLines } from "./outbox.ts";
import { LINE_LABELS } from "./own-label.ts";
import { Unsaved } from "./unsaved.tsx";
import { useLogWriter } from "./use-log-writer.ts";

const EMPTY: { readonly text: string; readonly tlp?: Tlp } = { text: "" };

/** The log line, docked under every view of an incident: type, Enter, saved. No keystroke is ever lost. */
export function LogLine({ incident }: { readonly incident: Incident }) {
  const { may } = useNowAnswer();
  const { data: people } = useQuery(peopleQuery);
  const write = may.find((row) => row.action === "log.write");
  if (incident.status === "closed" || incident.status === "dismissed") {
    return (
      <div className="dock">
        <p className="dock-shut">
          This incident is {incident.status}; its log takes no more lines.
          <Link to="/incidents/$incident/close" params={{ incident: incident.id }}>
            Open it again
          </Link>
        </p>
      </div>
    );
  }
  if (write !== undefined && write.effect !== "permitted") {
    return (
      <div className="dock">
        <p className="dock-shut">You may read this log, not write in it. {whomToAsk(write, people ?? [])}.</p>
      </div>
    );
  }
  return <Writer incident={incident.id} />;
}

function Writer({ incident }: { readonly incident: Incident["id"] }) {
  const { id: person, zone } = useNowAnswer().person;
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft, discard] = useDraft(`log.${incident}`, EMPTY);
  const { write, savedAt } = useLogWriter({ person, incident });
  const unsaved = useUnsavedLines({ person, incident });
  const line = parseLine(draft.text);
  const stamp =
    line.time &&
    stampOfTyped(line.time, line.parts.find(({ kind }) => kind === "time")?.text ?? "", serverNow(), zone);
  useKey("l", () => field.current?.focus());

  const save = () => {
    if (draft.text.trim() === "") return;
    const { kind, mentions, assets } = line;
    const happened = stamp ?? stampOfNow(serverNow(), zone);
    write({
      key: newKey(),
      enteredMs: Date.now(),
      input: {
        incident,
        text: draft.text,
        happened,
        kind,
        mentions,
        assets,
        ...(draft.tlp && { tlp: draft.tlp }),
      },
    });
    discard();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      field.current?.blur();
    }
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save();
  };
  return (
    <div className="dock">
      {unsaved.length === 0 ? null : (
        <Unsaved
          lines={unsaved}
          onTakeBack={({ key, input }) => {
            dropLine({ person, incident }, key);
            const text = [input.text, draft.text].filter((each) => each !== "").join("\n");
            setDraft({ ...draft, text, ...(input.tlp && { tlp: input.tlp }) });
            field.current?.focus();
          }}
        />
      )}
      <div className="dock-field">
        <textarea
          id="log-line"
          ref={field}
          rows={1}
          aria-label="Handling log line"
          aria-describedby="log-line-says"
          placeholder="What you know, and how you know it"
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        <div className="dock-end">
          <span role="status" className="mono">
            {savedAt === undefined || unsaved.length > 0 ? "" : `saved ${utcClock(savedAt)}`}
          </span>
          <PlainSelect
            label="Label of this line"
            hidden
            empty="TLP as the incident"
            choices={LINE_LABELS}
            value={draft.tlp}
            onChange={(tlp) => setDraft(tlp === undefined ? { text: draft.text } : { text: draft.text, tlp })}
          />
          <Button weight="primary" disabled={draft.text.trim() === ""} onClick={save}>
            Save
          </Button>
        </div>
      </div>
      <LineChips text={draft.text} line={line} stamp={stamp} />
    </div>
  );
}
