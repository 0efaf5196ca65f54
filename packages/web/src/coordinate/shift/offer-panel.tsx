import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { personIdOf } from "../../api/ids.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";

/** Offers everything that is open to somebody. */
export function OfferPanel({ onClose }: { readonly onClose: () => void }) {
  const me = useNowAnswer().person;
  const { data: people } = useQuery(peopleQuery);
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const offer = useChange("shift.offer", undefined, onClose);
  useKey("escape", onClose);
  return (
    <Panel title="Offer the shift" onClose={onClose}>
      <Form
        verb="Offer it"
        ready={to !== null}
        pending={offer.isPending}
        fault={offer.error}
        says="Nothing moves before they take it over."
        onSubmit={() => {
          if (to !== null) offer.mutate({ to: personIdOf(to), note });
        }}
      >
        <SelectField
          label="Who comes"
          data-autofocus
          data={(people ?? [])
            .filter((person) => person.status === "active" && person.id !== me.id)
            .map((person) => ({ value: person.id, label: `${person.name}, ${person.title}` }))}
          value={to}
          onChange={setTo}
        />
        <TextArea
          label="Beside the incidents"
          minRows={3}
          placeholder="What is about no single incident: a tool that is down, a visitor at nine"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Form>
    </Panel>
  );
}
