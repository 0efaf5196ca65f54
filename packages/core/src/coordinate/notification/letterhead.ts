import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";

/** One mail address, as simple as those that a team gives out. */
export const MailAddress = line(254).refine((text) => MAIL.test(text), {
  error: "is not a mail address such as cert@harbour.example",
});
const MAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/** Who writes: how the team calls itself to others, and how they call back. */
export const Letterhead = z
  .strictObject({
    team: line(200).describe("How the team calls itself to others"),
    email: MailAddress,
    phone: line(100).describe("The number that others call back at"),
    hours: line(200).describe("When it is answered, with its zone"),
    url: prose(300).default("").describe("Where others find who the team is, such as its RFC 2350 page"),
  })
  .meta({ id: "Letterhead" });
export type Letterhead = z.infer<typeof Letterhead>;

/** @source RFC 2350 §2; CERT/CC: contact information goes with every notification */
export const LETTERHEAD_ENTRIES = { "letterhead.set": z.object(Letterhead.shape) };

/** The letterhead after one more entry; `undefined` while the record does not show a whole one. */
export function projectLetterhead(entry: Entry<typeof LETTERHEAD_ENTRIES>): Letterhead | undefined {
  const whole = Letterhead.safeParse(entry.body);
  return whole.success ? whole.data : undefined;
}

/** The entry that says who writes from now on. */
export function setLetterhead(happened: Stamp, said: Letterhead): Fact<typeof LETTERHEAD_ENTRIES> {
  return { type: "letterhead.set", incident: null, happened, body: said };
}
