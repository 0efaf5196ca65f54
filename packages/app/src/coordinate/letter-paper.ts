import {
  attachedTo,
  ContactId,
  INDICATORS_NAME,
  isPlayed,
  NotificationId,
  TLP_LABELS,
  Tlp,
  wordsOfMail,
} from "@jumpkit/core";
import type { Paper } from "@jumpkit/exchange";
import * as z from "zod";
import { PLAYED_BAND, type Press, type PrintedFile } from "../press.ts";
import { query } from "../query.ts";
import { tableOf } from "./attached-table.ts";

const LetterView = z
  .object({
    ...{ ref: z.string(), subject: z.string(), issuer: z.string() },
    marking: Tlp.describe("the label that the released subject bears"),
    composedAt: z.string(),
    lines: z.array(z.string()).describe("the words that were released"),
    sha256: z.string().describe("digest of the whole message that was released"),
    table: z
      .object({ count: z.int(), sha256: z.string() })
      .nullable()
      .describe("the table that goes beside it"),
    played: z.boolean(),
  })
  .meta({ id: "LetterView" });
type LetterView = z.infer<typeof LetterView>;

export const showLetter = query({
  name: "notification.letter",
  phase: "coordinate",
  action: "incident.read",
  summary: "The letter that was released to a recipient last, as it is put on paper",
  path: "/v1/notification/{notification}/letter/{recipient}",
  input: z.strictObject({ notification: NotificationId, recipient: ContactId }),
  output: LetterView,
  run: async ({ notification: id, recipient }, reading) => {
    const notification = await reading.notifications.notification(id);
    const released = await reading.notifications.released(id, recipient);
    const told = notification?.told.find(({ contact }) => contact === recipient)?.released;
    // A call has a script, and a mail is a mail: only what somebody carries is put on paper.
    if (notification === undefined || released === undefined || told?.channel !== "letter") return undefined;
    const { message, subject, sha256 } = released;
    const table = tableOf(attachedTo(message), reading);
    const incident = await reading.incident(notification.incident);
    const letterhead = await reading.notifications.letterhead();
    return {
      ...{ ref: notification.ref, subject, sha256, composedAt: told.composedAt },
      issuer: letterhead?.team ?? (await reading.notifications.organisationName()),
      marking: markingIn(subject) ?? notification.marking,
      lines: wordsOfMail(message).trimEnd().split("\n"),
      table: table && { count: table.count, sha256: table.sha256 },
      played: incident !== undefined && isPlayed(incident),
    };
  },
});

/** The letter as a PDF file, for whoever carries it. The same answer gives the same bytes. */
export async function letterFile(letter: LetterView, press: Press): Promise<PrintedFile> {
  return { fileName: `${letter.ref}.pdf`, bytes: await press.print(paperOf(letter)) };
}

function paperOf({
  ref,
  subject,
  issuer,
  marking,
  composedAt,
  lines,
  sha256,
  table,
  played,
}: LetterView): Paper {
  return {
    ...(played && { band: PLAYED_BAND }),
    ...{ title: subject, issuer, marking, at: composedAt, foot: `${ref}, SHA-256 ${sha256}` },
    blocks: [{ kind: "lines", lines: table === null ? lines : [...lines, ...besideIt(table)] }],
  };
}

/** Says of the table what a reader needs to tell that it is the one. */
function besideIt({ count, sha256 }: NonNullable<LetterView["table"]>): string[] {
  const values = count === 1 ? "one value" : `${count} values`;
  return ["", `Beside this letter: ${INDICATORS_NAME}, ${values}, SHA-256`, sha256];
}

/** The label that a released subject bears: the draft may have been marked anew since. */
function markingIn(subject: string): Tlp | undefined {
  return TLP_LABELS.find((label) => subject.includes(`[${label}]`));
}
