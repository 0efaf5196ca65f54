import "./chain.css";
import { Fragment } from "react";
import type { CustodyLink, Item } from "../../api/contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { Tag } from "../../ui/tag.tsx";
import { conditionWord, eventWord } from "./item-words.ts";

/** After these the item was in the hands of whoever made the entry. */
const HOLDS = new Set(["evidence.collected", "handover.accepted", "evidence.returned"]);
/** These left custody where it was. */
const SIDE = new Set(["evidence.read", "handover.offered", "handover.refused", "handover.withdrawn"]);

/** The chain of custody as a line from the first hand to the present one. */
export function Chain({ item }: { readonly item: Item }) {
  return (
    <section className="item-chain" aria-label="Chain of custody">
      <h2>Chain of custody</h2>
      <ol className="chain">
        {item.chain.map((link) => (
          <li key={link.incidentSeq} className={`chain-link ${looksOf(link)}`}>
            <span className="chain-word">{eventWord(link)}</span>
            <Moment at={link.at} />
            <People link={link} />
            <span className="quiet">
              {[link.place && `at ${link.place}`, link.purpose].filter(Boolean).join(" · ")}
            </span>
            {link.condition ? (
              <span>
                <Tag
                  tone={link.condition === "broken" ? "warn" : "plain"}
                  shape={link.condition === "intact" ? "square" : "frame"}
                >
                  {conditionWord(link.condition)}
                </Tag>
              </span>
            ) : null}
            {link.remarks ? <span className="quiet">{link.remarks}</span> : null}
            <span className="meta">entry {link.incidentSeq}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function looksOf({ event }: CustodyLink): string {
  if (HOLDS.has(event)) return "holds";
  return SIDE.has(event) ? "side" : "";
}

function People({ link }: { readonly link: CustodyLink }) {
  return (
    <dl className="chain-people">
      {peopleOf(link).map(([part, holder]) => (
        <Fragment key={part}>
          <dt>{part}</dt>
          <dd>
            {holder.name}
            <br />
            <span className="meta">{[holder.title, holder.phone].filter(Boolean).join(", ")}</span>
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function peopleOf({ event, by, from, to }: CustodyLink): ReadonlyArray<readonly [string, CustodyLink["by"]]> {
  const giver = event === "handover.offered" ? by : from;
  if (giver === null || to === null) return [["by", by]];
  return [
    ["from", giver],
    ["to", to],
  ];
}
