import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type NotificationRow = QueryOutput<"notification.of_incident">["items"][number];
export type RecipientRow = NotificationRow["recipients"][number];
export type NotificationShown = QueryOutput<"notification.show">;
export type Draft = NotificationShown["draft"];
export type Preview = QueryOutput<"notification.preview">;
export type Party = QueryOutput<"notification.parties">["items"][number];
export type Letterhead = NonNullable<QueryOutput<"letterhead.show">["letterhead"]>;

/** Who is told of an incident, newest first. */
export const notificationsQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "notification"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"notification.of_incident">>(`/v1/incident/${incident}/notification`, signal))
        .items,
  });

/** Who was told in any incident and has not answered. */
export const waitingQuery = queryOptions({
  queryKey: ["now", "notification"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"notification.waiting">>("/v1/notification", signal)).items,
});

/** One notification as it is drafted. */
export const notificationQuery = (incident: string, id: string) =>
  queryOptions({
    queryKey: ["incident", incident, "notification", id],
    queryFn: ({ signal }) => read<NotificationShown>(`/v1/notification/${id}`, signal),
  });

/** Exactly what one recipient will be told. */
export const previewQuery = (incident: string, id: string, recipient: string) =>
  queryOptions({
    queryKey: ["incident", incident, "notification", id, "preview", recipient],
    queryFn: ({ signal }) => read<Preview>(`/v1/notification/${id}/preview/${recipient}`, signal),
  });

/** The bytes that were released to a recipient last. */
export const releasedQuery = (incident: string, id: string, recipient: string) =>
  queryOptions({
    queryKey: ["incident", incident, "notification", id, "released", recipient],
    queryFn: ({ signal }) =>
      read<QueryOutput<"notification.released">>(`/v1/notification/${id}/released/${recipient}`, signal),
  });

/** Whom to tell of an incident, by what was seen in it. */
export const partiesQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "party"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"notification.parties">>(`/v1/incident/${incident}/party`, signal)).items,
  });

/** Who writes to others; `null` while nobody said. */
export const letterheadQuery = queryOptions({
  queryKey: ["letterhead"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"letterhead.show">>("/v1/letterhead", signal)).letterhead,
});

/** Where the letter that was released to a recipient last is, as PDF. */
export function letterAddress(id: string, recipient: string): string {
  return `/v1/notification/${id}/letter/${recipient}.pdf`;
}
