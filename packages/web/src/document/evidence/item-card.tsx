import { sizeText } from "@jumpkit/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Item } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Printer } from "../../ui/icons.ts";
import { Notice } from "../../ui/notice.tsx";
import { type ItemVerb, VERB_WORDS, verbsFor } from "./item-verbs.ts";
import { kindWord } from "./item-words.ts";
import { StateTag } from "./state-tag.tsx";

/** What one mostly comes for; never two of them at once. */
const LIKELY: ReadonlySet<ItemVerb> = new Set(["accept", "hand-over", "return"]);

/** What identifies the item, laid out like the paper form, with the verbs that stand to the reader. */
export function ItemCard({
  item,
  onVerb,
}: {
  readonly item: Item;
  readonly onVerb: (verb: ItemVerb) => void;
}) {
  const { person } = useNowAnswer();
  const { identification: about, content, pending } = item;
  return (
    <section className="item-card" aria-label={`Evidence item ${item.number}`}>
      <div className="item-card-head">
        <span className="meta">Evidence item {item.number}</span>
        <StateTag state={item.state} />
        <h2>{about.what}</h2>
      </div>
      {pending ? (
        <Notice tone="info" title={`Offered to ${pending.to === person.id ? "you" : pending.toName}`}>
          {pending.purpose}, at {pending.place}. {item.custodian.name} stays custodian until it is accepted.
        </Notice>
      ) : null}
      <div className="item-verbs">
        {verbsFor(item, person.id).map((verb) => (
          <Button key={verb} weight={LIKELY.has(verb) ? "primary" : "quiet"} onClick={() => onVerb(verb)}>
            {VERB_WORDS[verb]}
          </Button>
        ))}
        <Link to="/evidence/$item/custody" params={{ item: item.id }} className={buttonLooks({})}>
          <Icon of={Printer} />
          Custody form
        </Link>
      </div>
      <dl className="item-form">
        <Box label="In the hands of" wide="half">
          {item.custodian.name}, {item.custodian.title}
          <br />
          {item.custodian.phone}
        </Box>
        <Box label="Kept at" wide="half">
          {item.place}
        </Box>
        <Box label="Found at" wide="half">
          {about.foundAt}
        </Box>
        <Box label="Kind" wide="quarter">
          {kindWord(about.kind)}
        </Box>
        <Box label="Seal" wide="quarter">
          {item.seal}
        </Box>
        <Box label="Serial number" mono>
          {about.serialNumber}
        </Box>
        <Box label="Model">{about.model}</Box>
        <Box label="Host name" mono>
          {about.hostname}
        </Box>
        <Box label="MAC addresses" wide="half" mono>
          {about.macAddresses.join("\n")}
        </Box>
        <Box label="IP addresses" wide="half" mono>
          {about.ipAddresses.join("\n")}
        </Box>
        {content ? (
          <>
            <Box label="File" wide="half long" mono>
              {content.name} · {sizeText(content.sizeBytes)}
            </Box>
            <Box label="SHA-256" wide="half long">
              <Digest value={content.sha256} label="the SHA-256" />
            </Box>
          </>
        ) : null}
        <Box label="What collecting changed" wide="whole">
          {about.changedByCollecting}
        </Box>
        <Box label="Remarks" wide="whole">
          {about.remarks}
        </Box>
      </dl>
    </section>
  );
}

function Box({
  label,
  wide,
  mono = false,
  children,
}: {
  readonly label: string;
  readonly wide?: "half" | "half long" | "quarter" | "whole";
  readonly mono?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={["item-box", wide ?? ""].join(" ")}>
      <dt>{label}</dt>
      <dd className={mono ? "mono" : ""}>{children === "" ? "–" : children}</dd>
    </div>
  );
}
