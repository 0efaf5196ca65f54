import "./reply.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileDrop } from "../../ui/file-drop.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { type DroppedOn, dropReply, type TakenReply } from "./reply-queries.ts";

/** Takes a reply that somebody saved from their mail program: dropped, or chosen. */
export function DropReply({ on }: { readonly on?: DroppedOn }) {
  const client = useQueryClient();
  const drop = useMutation({
    mutationFn: (file: File) => dropReply(file, on),
    onSuccess: () =>
      Promise.all(
        [["now"], ["incident"], ["advisory"]].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  return (
    <>
      <FileDrop
        slim
        accept=".eml,message/rfc822"
        onFile={(file) => {
          if (!drop.isPending) drop.mutate(file);
        }}
      >
        <span>
          <b>{drop.isPending ? "Taking it in…" : "Choose a reply"}</b> that was saved as .eml, or drop it here
        </span>
      </FileDrop>
      <span role="status" className="meta">
        {drop.isSuccess ? takenText(drop.data, on) : ""}
      </span>
      <RefusalNotice fault={drop.error} />
    </>
  );
}

function takenText({ notification, advisory }: TakenReply, on: DroppedOn | undefined): string {
  const answers = notification ?? advisory;
  if (answers === null) return "Taken in. Nothing in it says what it answers: match it below.";
  return on === undefined || Object.values(on).includes(answers)
    ? "Taken in."
    : `Taken in, with the other ${notification === null ? "advisory" : "notification"} that it says it answers.`;
}
