import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { perform } from "../../api/call.ts";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { FUNCTIONAL, INFORMATION, RECOVERABILITY } from "../incident/words.ts";
import type { SignStory } from "./triage-answers.ts";

type Rating = SignStory["rating"];

/** NIST's three scales, each unrated until somebody says; the priority follows when all three are there. */
export function RatingFields({ story }: { readonly story: SignStory }) {
  const client = useQueryClient();
  const [fault, setFault] = useState<unknown>();
  const [sent, setSent] = useState<Rating>();
  const open = story.status === "waiting" || story.status === "snoozed";
  const rating = sent ?? story.rating;
  const rate = async (part: Partial<Rating>) => {
    const next = { ...rating, ...part };
    setSent(next);
    setFault(undefined);
    try {
      await perform("sign.rate", "sign", { sign: story.id, seen: story.changedSeq, ...next });
    } catch (refused) {
      setFault(refused);
    } finally {
      await client.invalidateQueries({ queryKey: ["sign", story.id] });
      setSent(undefined);
      void client.invalidateQueries({ queryKey: ["triage"] });
    }
  };
  return (
    <section aria-label="Impact" className="story-part">
      <div className="story-rating">
        <PlainSelect
          label="Functional impact"
          empty="Unrated"
          choices={FUNCTIONAL}
          value={rating.functionalImpact ?? undefined}
          disabled={!open || sent !== undefined}
          onChange={(functionalImpact) => void rate({ functionalImpact: functionalImpact ?? null })}
        />
        <PlainSelect
          label="Information impact"
          empty="Unrated"
          choices={INFORMATION}
          value={rating.informationImpact?.[0]}
          disabled={!open || sent !== undefined}
          onChange={(kind) => void rate({ informationImpact: kind === undefined ? null : [kind] })}
        />
        <PlainSelect
          label="Recoverability"
          empty="Unrated"
          choices={RECOVERABILITY}
          value={rating.recoverability ?? undefined}
          disabled={!open || sent !== undefined}
          onChange={(recoverability) => void rate({ recoverability: recoverability ?? null })}
        />
        <p className="outcome" role="status">
          <PriorityMark priority={story.priority ?? "unrated"} />
          {story.because ? <span className="meta">because {story.because}</span> : null}
        </p>
      </div>
      <RefusalNotice fault={fault} />
    </section>
  );
}
