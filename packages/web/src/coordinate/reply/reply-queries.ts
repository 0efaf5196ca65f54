import { queryOptions } from "@tanstack/react-query";
import { read, sendFile } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type ReplyRow = QueryOutput<"reply.waiting">["items"][number];

/** Mail that came back and nobody has dealt with. */
export const openRepliesQuery = queryOptions({
  queryKey: ["now", "reply"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"reply.waiting">>("/v1/reply", signal)).items,
});

/** Mail that came back to one notification, newest first. */
export const repliesQuery = (incident: string, notification: string) =>
  queryOptions({
    queryKey: ["incident", incident, "notification", notification, "reply"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"reply.of_notification">>(`/v1/notification/${notification}/reply`, signal))
        .items,
  });

/** Mail that came back to one advisory, newest first. */
export const advisoryRepliesQuery = (advisory: string) =>
  queryOptions({
    queryKey: ["advisory", advisory, "reply"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"reply.of_advisory">>(`/v1/advisory/${advisory}/reply`, signal)).items,
  });

/** The words of a reply; they never change. */
export const replyTextQuery = (id: string) =>
  queryOptions({
    queryKey: ["reply-text", id],
    queryFn: async ({ signal }) => (await read<QueryOutput<"reply.show">>(`/v1/reply/${id}`, signal)).text,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What a reply that names nothing may belong to. */
export const candidatesQuery = queryOptions({
  queryKey: ["now", "reply-candidate"],
  queryFn: ({ signal }) => read<QueryOutput<"reply.candidates">>("/v1/reply-candidate", signal),
});

/** What became of a dropped mail. */
export type TakenReply = {
  readonly reply: string;
  readonly notification: string | null;
  readonly advisory: string | null;
};

/** The notification or advisory on whose page a mail is dropped. */
export type DroppedOn = { readonly notification: string } | { readonly advisory: string };

/** Sends a mail that somebody saved; `on` is what it answers if nothing in it says so. */
export function dropReply(file: File, on: DroppedOn | undefined): Promise<TakenReply> {
  const query = new URLSearchParams({ ...on, name: file.name.slice(0, 200) || "reply.eml" });
  return sendFile<TakenReply>(`/v1/reply?${query.toString()}`, file);
}
