import { useQuery } from "@tanstack/react-query";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Form } from "../../ui/form.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { ItemFormProps } from "./item-form.ts";

/** Offers an item to another person, with purpose and place. */
export function HandOverForm({ item, onDone }: ItemFormProps) {
  const me = useNowAnswer().person;
  const { data: people } = useQuery(peopleQuery);
  const [draft, setDraft, discard] = useDraft(`hand-over.${item.id}`, {
    to: "",
    purpose: "",
    place: item.place,
  });
  const offer = useChange("handover.offer", "item", () => {
    discard();
    onDone();
  });
  const receivers = (people ?? []).filter((person) => person.status === "active" && person.id !== me.id);
  const receiver = receivers.find((person) => person.id === draft.to);
  const complaints = offer.error ? asRefusal(offer.error).complaints : {};
  return (
    <Form
      verb={receiver ? `Offer it to ${receiver.name}` : "Offer it"}
      says="You stay custodian until the receiver accepts."
      ready={receiver !== undefined && draft.purpose.trim() !== "" && draft.place.trim() !== ""}
      pending={offer.isPending}
      fault={offer.error}
      onCancel={onDone}
      onSubmit={() => {
        if (receiver === undefined) return;
        offer.mutate({ item: item.id, to: receiver.id, purpose: draft.purpose, place: draft.place });
      }}
    >
      <SelectField
        label="To whom"
        data-autofocus
        placeholder="Type a part of the name"
        data={receivers.map((person) => ({ value: person.id, label: `${person.name}, ${person.title}` }))}
        value={draft.to === "" ? null : draft.to}
        onChange={(to) => setDraft({ ...draft, to: to ?? "" })}
      />
      <TextField
        label="What for"
        placeholder="Such as: malware analysis"
        value={draft.purpose}
        error={complaints["purpose"]}
        onChange={(event) => setDraft({ ...draft, purpose: event.currentTarget.value })}
      />
      <TextField
        label="Where it changes hands"
        value={draft.place}
        error={complaints["place"]}
        onChange={(event) => setDraft({ ...draft, place: event.currentTarget.value })}
      />
    </Form>
  );
}
