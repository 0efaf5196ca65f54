import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { May } from "../api/contract.ts";
import { peopleQuery, useNowAnswer } from "../api/queries.ts";
import { dutiesQuery } from "../prepare/duty/duty-queries.ts";
import { onDutyFor, whomToAsk } from "../prepare/people/whom-to-ask.ts";
import { type Action, useOfferedActions } from "./actions.ts";

/**
 * Why this person may not do what falls under an action of the policy; `undefined` when they may, also with
 * somebody's consent: that is asked for where the thing is done.
 */
export function useWhyNot(): (action: May["action"]) => string | undefined {
  const { may } = useNowAnswer();
  const { data: people } = useQuery(peopleQuery);
  return useMemo(
    () => (action) => {
      const row = may.find((each) => each.action === action);
      return row?.effect === "forbidden" ? whomToAsk(row, people ?? []) : undefined;
    },
    [may, people],
  );
}

/** Offers each act that people carry out elsewhere: typing its name answers *may I, and whom do I ask*. */
export function useAuthorityActions(): void {
  const navigate = useNavigate();
  const { may, policy } = useNowAnswer();
  const { data: people } = useQuery(peopleQuery);
  const { data: duties } = useQuery(dutiesQuery);
  const inForce = policy !== null;
  const actions = useMemo(
    (): readonly Action[] =>
      may
        .filter((row) => inForce && !row.performed)
        .map((row) => ({
          id: `may ${row.action}`,
          title: row.title,
          group: "May I?" as const,
          also: "who can may authority",
          note: [
            row.effect === "permitted" ? "You may" : whomToAsk(row, people ?? []),
            onDutyFor(row, people ?? [], duties ?? []),
          ]
            .filter((words) => words !== "")
            .join(". "),
          run: () => void navigate({ to: "/policy", search: { clause: row.action } }),
        })),
    [may, inForce, navigate, people, duties],
  );
  useOfferedActions(actions);
}
