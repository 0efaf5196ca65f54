import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { perform } from "../../api/call.ts";
import { useLink } from "../../api/live.ts";
import { nowQuery } from "../../api/queries.ts";
import { refresh } from "../../api/query-client.ts";
import { asRefusal } from "../../api/refusal.ts";
import { dropLine, keepLine, type Outbox, type UnsavedLine, unsavedLines } from "./outbox.ts";

const RETRY_MS = 5000;

/**
 * Sends the lines of an incident, one after the other, and those that an earlier page left unsaved.
 *
 * A line leaves the browser's keeping only when the server says it is recorded. One that could not be sent is
 * tried again every five seconds and when the link comes back; a refused one waits for its writer. Where the
 * session has ended, asking anew who is signed in leads to the sign-in page, and the line waits.
 *
 * @returns `write`, and when the server recorded the last line of this page
 */
export function useLogWriter({ person, incident }: Outbox): {
  readonly write: (line: UnsavedLine) => void;
  readonly savedAt: string | undefined;
} {
  const client = useQueryClient();
  const [savedAt, setSavedAt] = useState<string>();
  const sending = useRef(false);
  const link = useLink();

  const sendAll = useCallback(async () => {
    const outbox = { person, incident };
    if (sending.current) return;
    sending.current = true;
    try {
      for (const line of unsavedLines(outbox)) {
        if (line.refused !== undefined) continue;
        const outcome = await send(outbox, line);
        if (outcome === "signed out") void client.invalidateQueries({ queryKey: nowQuery.queryKey });
        if (outcome === "unreachable" || outcome === "signed out") break;
        if (outcome === "refused") continue;
        setSavedAt(outcome.recordedAt);
        refresh(client, { topic: "incident", id: incident });
      }
    } finally {
      sending.current = false;
    }
  }, [person, incident, client]);

  useEffect(() => {
    void sendAll();
    const timer = setInterval(() => void sendAll(), RETRY_MS);
    return () => clearInterval(timer);
  }, [sendAll]);
  useEffect(() => {
    if (link.state === "live") void sendAll();
  }, [link.state, sendAll]);

  const write = useCallback(
    (line: UnsavedLine) => {
      keepLine({ person, incident }, line);
      void sendAll();
    },
    [person, incident, sendAll],
  );
  return { write, savedAt };
}

async function send(
  outbox: Outbox,
  line: UnsavedLine,
): Promise<"unreachable" | "signed out" | "refused" | { readonly recordedAt: string | undefined }> {
  try {
    const { recorded } = await perform("log.note", "incident", line.input, line.key);
    dropLine(outbox, line.key);
    return { recordedAt: recorded[0]?.recordedAt };
  } catch (fault) {
    const refusal = asRefusal(fault);
    if (refusal.status === 401) return "signed out";
    if (refusal.passes) return "unreachable";
    keepLine(outbox, { ...line, refused: { message: refusal.message, next: refusal.next ?? "" } });
    return "refused";
  }
}
