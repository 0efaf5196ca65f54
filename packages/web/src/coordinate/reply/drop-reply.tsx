import "./reply.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { dropReply } from "./reply-queries.ts";

/** Takes a reply that somebody saved from their mail program: dropped, or chosen. */
export function DropReply({ notification }: { readonly notification?: string }) {
  const [over, setOver] = useState(false);
  const client = useQueryClient();
  const drop = useMutation({
    mutationFn: (file: File) => dropReply(file, notification),
    onSuccess: () =>
      Promise.all([["now"], ["incident"]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !drop.isPending) drop.mutate(file);
  };
  return (
    <>
      <label
        className={over ? "reply-drop over" : "reply-drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <span>
          <b>{drop.isPending ? "Taking it in…" : "Choose a reply"}</b> that was saved as .eml, or drop it here
        </span>
        <input
          className="unseen"
          type="file"
          accept=".eml,message/rfc822"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </label>
      <span role="status" className="meta">
        {drop.isSuccess ? takenText(drop.data.notification, notification) : ""}
      </span>
      <RefusalNotice fault={drop.error} />
    </>
  );
}

function takenText(answers: string | null, here: string | undefined): string {
  if (answers === null) return "Taken in. Nothing in it says what it answers: match it below.";
  return here === undefined || answers === here
    ? "Taken in."
    : "Taken in, with the other notification that it says it answers.";
}
