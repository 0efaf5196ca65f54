import type { NumberOf } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import { itemsOfIncidentQuery } from "../../api/queries.ts";

/** The numbers of the evidence items of the incident on screen. */
export const ItemNumbers = createContext<NumberOf>(() => undefined);

/** The numbers of an incident's evidence items, for `ItemNumbers`. */
export function useNumbersOfItems(incident: string): NumberOf {
  const { data } = useQuery(itemsOfIncidentQuery(incident));
  return useMemo(() => {
    const numbers = new Map<string, number>((data ?? []).map(({ id, number }) => [id, number]));
    return (item) => numbers.get(item);
  }, [data]);
}

/** What number people know an item by. */
export function useNumberOf(): NumberOf {
  return useContext(ItemNumbers);
}
