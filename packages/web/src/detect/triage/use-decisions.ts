import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { perform } from "../../api/call.ts";
import type { OperationInput, OperationReply } from "../../api/contract.ts";
import { nowQuery } from "../../api/queries.ts";
import { asRefusal, type Refusal } from "../../api/refusal.ts";

/** A decision as the queue takes it on one sign or on many. */
export type Decision = OperationInput<"sign.decide">["decision"];

/** What a person had in front of them. */
export type LookedAt = OperationInput<"sign.decide">["signs"][number];

type Outcome = OperationReply<"sign.decide">;

/** The last decision, while it can be taken back with one key. */
export type LastDecision = {
  readonly verb: Decision["verb"];
  readonly signs: readonly string[];
  readonly outcome: Promise<Outcome | undefined>;
  /** The incident that the signs became part of, once the server said so. */
  readonly into: { readonly id: string; readonly code: string } | undefined;
};

/** How long one key takes the last decision back, in milliseconds. */
const UNDO_MS = 10_000;

/**
 * Decisions that show at once and are sent behind it: the signs leave the queue before the server has answered,
 * and come back with the reason where it refuses.
 */
export function useDecisions() {
  const client = useQueryClient();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<LastDecision>();
  const [problem, setProblem] = useState<Problem>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = useCallback((signs: readonly string[], there: boolean) => {
    setGone((before) => {
      const after = new Set(before);
      for (const sign of signs) there ? after.delete(sign) : after.add(sign);
      return after;
    });
  }, []);

  const send = useCallback(
    async (looked: readonly LookedAt[], decision: Decision): Promise<Outcome | undefined> => {
      try {
        const outcome = await perform("sign.decide", undefined, { signs: [...looked], decision });
        const { refused } = outcome;
        show(
          refused.map(({ sign }) => sign),
          true,
        );
        if (refused.length > 0) setProblem({ refused });
        return outcome;
      } catch (fault) {
        const refusal = asRefusal(fault);
        show(
          looked.map(({ sign }) => sign),
          true,
        );
        setProblem({ refusal });
        if (refusal.status === 401) void client.invalidateQueries({ queryKey: nowQuery.queryKey });
        return undefined;
      } finally {
        void client.invalidateQueries({ queryKey: ["triage"] });
        for (const { sign } of looked) void client.invalidateQueries({ queryKey: ["sign", sign] });
      }
    },
    [client, show],
  );

  const decide = useCallback(
    (looked: readonly LookedAt[], decision: Decision) => {
      const signs = looked.map(({ sign }) => sign);
      show(signs, false);
      setProblem(undefined);
      const outcome = send(looked, decision);
      const mine: LastDecision = { verb: decision.verb, signs, outcome, into: undefined };
      setLast(mine);
      void outcome.then((reply) => {
        const { incident, code } = reply ?? {};
        const into = incident && code ? { id: incident, code } : undefined;
        setLast((now) => (now === mine ? reply && { ...mine, into } : now));
      });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setLast(undefined), UNDO_MS);
    },
    [send, show],
  );

  const undo = useCallback(async () => {
    if (last === undefined) return;
    setLast(undefined);
    const outcome = await last.outcome;
    if (outcome === undefined || outcome.decided.length === 0) return;
    const looked = outcome.decided.map(({ sign, changedSeq }) => ({ sign, seen: changedSeq, seenCount: 0 }));
    show(
      looked.map(({ sign }) => sign),
      true,
    );
    await send(looked, { verb: "return" });
  }, [last, send, show]);

  const putBack = useCallback(
    (looked: LookedAt) => {
      setProblem(undefined);
      return send([looked], { verb: "return" });
    },
    [send],
  );

  return { gone, last, problem, decide, undo, putBack, forget: () => setProblem(undefined) };
}

/** Why a decision was not made: on none of the signs, or not on those that somebody else took. */
export type Problem =
  | { readonly refusal: Refusal; readonly refused?: undefined }
  | { readonly refused: Outcome["refused"]; readonly refusal?: undefined };
