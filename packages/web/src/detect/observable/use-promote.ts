import { defang, type FoundObservable, type ObservableValue, recognise } from "@jumpkit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { perform } from "../../api/call.ts";
import { incidentIdOf } from "../../api/ids.ts";
import { asRefusal } from "../../api/refusal.ts";
import { observablesQuery } from "./observable-answers.ts";

/**
 * Confirms values of an incident with one key, and tells which are confirmed.
 *
 * @returns `promote`, whether a value `isConfirmed`, and the sentence that says what was done last
 */
export function usePromote(incident: string) {
  const client = useQueryClient();
  const { data } = useQuery(observablesQuery(incident));
  const [says, setSays] = useState("");
  const confirmed = new Set(data?.confirmed.map(({ kind, value }) => `${kind} ${value}`));
  const isConfirmed = ({ kind, value }: ObservableValue): boolean => confirmed.has(`${kind} ${value}`);
  const promote = async (value: ObservableValue, entry: number | null, offset: number | null) => {
    try {
      await perform("observable.promote", "incident", {
        incident: incidentIdOf(incident),
        value: value.value,
        entry,
        offset,
      });
      setSays(`Confirmed ${defang(value)}`);
    } catch (fault) {
      setSays(`${asRefusal(fault).message} (${defang(value)})`);
    }
    await client.invalidateQueries({ queryKey: ["observables", incident] });
    void client.invalidateQueries({ queryKey: ["entry", incident] });
  };
  /** Confirms the first value of a text that is not confirmed yet. */
  const promoteNext = (text: string, entry: number): void => {
    const next = recognise(text).find((found: FoundObservable) => !isConfirmed(found));
    if (next === undefined) setSays("Every value of this entry is confirmed, or it names none.");
    else void promote(next, entry, next.from);
  };
  return { promote, promoteNext, isConfirmed, says };
}
