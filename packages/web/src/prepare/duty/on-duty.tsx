import "./on-duty.css";
import "../contact/contacts-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { peopleQuery, useMay, useNowAnswer } from "../../api/queries.ts";
import { localText, utcText } from "../../ui/moment-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { Phone } from "../contact/reach.tsx";
import { There } from "../contact/there.tsx";
import { callSheetQuery, DUTY_WORDS, type DutyFunction, dutiesQuery } from "./duty-queries.ts";

/** Who is on duty in each function, with the number to call and what time it is there. */
export function OnDuty() {
  const { data: duties } = useQuery(dutiesQuery);
  const { data: people } = useQuery(peopleQuery);
  if (duties === undefined || people === undefined) return null;
  const current = duties.filter((duty) => duty.current);
  return (
    <section aria-label="On duty">
      <div className="now-head">
        <h2>On duty</h2>
        <span>
          <Link to="/shift">Hand over</Link> · <Link to="/duty">Roster</Link>
        </span>
      </div>
      {current.length === 0 ? <p className="quiet">Nobody is on the roster now.</p> : null}
      <ul className="on-duty">
        {current.length === 0
          ? null
          : (Object.keys(DUTY_WORDS) as DutyFunction[]).flatMap((duty) => {
              const there = current.filter((each) => each.duty === duty);
              if (there.length === 0) {
                return [
                  <li key={duty}>
                    <span className="on-duty-function">{DUTY_WORDS[duty]}</span>
                    <span className={duty === "lead" ? "on-duty-nobody" : "quiet"}>nobody</span>
                  </li>,
                ];
              }
              return there.map((each) => {
                const person = people.find(({ id }) => id === each.person);
                return (
                  <li key={each.id}>
                    <span className="on-duty-function">{DUTY_WORDS[duty]}</span>
                    <span>
                      {person?.name ?? "somebody"}
                      <span className="contact-meta">
                        until {localText(each.until, each.dutyZone)}
                        {each.override ? ", stands in" : ""}
                        {person?.email ? ` · ${person.email}` : ""}
                      </span>
                    </span>
                    {person ? (
                      <span>
                        <Phone number={person.phone} of={person.name} />
                        <br />
                        <There zone={person.zone} open={null} />
                      </span>
                    ) : null}
                  </li>
                );
              });
            })}
      </ul>
    </section>
  );
}

/** Whether the signed-in person is on duty, in which function and until when. */
export function useMyDuty(): string | undefined {
  const { person } = useNowAnswer();
  const { data: duties } = useQuery(dutiesQuery);
  const mine = duties?.filter((duty) => duty.current && duty.person === person.id) ?? [];
  if (mine.length === 0) return undefined;
  const until = mine.map((duty) => duty.until).sort()[0] ?? "";
  const functions = mine.map((duty) => DUTY_WORDS[duty.duty].toLowerCase()).join(" and ");
  return `on duty as ${functions} until ${localText(until, person.zone)} (${utcText(until)})`;
}

/** Says when the printed call sheet is older than the policy or the contacts; nothing while it can be trusted. */
export function CallSheetCall() {
  const reads = useMay("contact.read");
  const { data } = useQuery({ ...callSheetQuery, enabled: reads });
  const old = data?.printed?.old ?? [];
  if (old.length === 0) return null;
  const why = old.map((each) => WHY_OLD[each]).join(" and ");
  return (
    <div className="now-wide">
      <Notice
        tone="info"
        title="Your printed call sheet is out of date"
        verb={<Link to="/call-sheet">Print it again</Link>}
      >
        Since you printed it, {why}. Throw the old one away.
      </Notice>
    </div>
  );
}

const WHY_OLD = {
  policy: "another policy came into force",
  contacts: "contacts were changed",
  expired: "it expired",
} as const;
