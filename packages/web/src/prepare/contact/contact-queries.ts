import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { assetFilterText as filterText } from "../register/asset-filter.ts";

export type Contact = QueryOutput<"contact.show">;

/** Which contacts the list shows, as its address says. */
export type ContactFilter = {
  readonly text?: string | undefined;
  readonly role?: string | undefined;
  readonly answersFor?: string | undefined;
  readonly retired?: true | undefined;
};

/** The filter that an address holds; what it does not understand is left out. */
export function contactFilterFrom(search: Record<string, unknown>): ContactFilter {
  const word = (name: string): string | undefined => {
    const value = search[name];
    return (typeof value === "string" || typeof value === "number") && value !== ""
      ? String(value)
      : undefined;
  };
  return {
    text: word("text"),
    role: word("role"),
    answersFor: word("answersFor"),
    retired: search["retired"] === true ? true : undefined,
  };
}

/** The contacts that `filter` shows in the order in which they are called, page after page. */
export const contactPagesQuery = (filter: ContactFilter) =>
  infiniteQueryOptions({
    queryKey: ["contact", "pages", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      read<QueryOutput<"contact.list">>(`/v1/contact?${filterText(filter, pageParam)}`, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contact", "one", id],
    queryFn: ({ signal }) => read<Contact>(`/v1/contact/${id}`, signal),
  });

/** The first 500 contacts in the order in which they are called. */
export const contactsQuery = queryOptions({
  queryKey: ["contact", "list"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"contact.list">>("/v1/contact?limit=500", signal)).items,
});
