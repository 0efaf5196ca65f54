import { useState } from "react";
import { useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { Letterhead } from "./notify-queries.ts";

const EMPTY: Letterhead = { team: "", email: "", phone: "", hours: "", url: "" };

/** Stands where a letter would, while nobody has said who writes. */
export function LetterheadNeeded() {
  const may = useNowAnswer().may.some(
    ({ action, effect }) => action === "policy.manage" && effect === "permitted",
  );
  return (
    <div className="containment">
      <section aria-label="Letterhead">
        <h2>Who writes?</h2>
        <p className="quiet">
          Everybody who is told reads who found it and how to call back.{" "}
          {may ? "Say it once; it stands under every letter." : "A manager has to say it first."}
        </p>
        {may ? <LetterheadForm before={EMPTY} /> : null}
      </section>
    </div>
  );
}

/** Says who writes to others, and how they call back. */
export function LetterheadForm({
  before,
  onDone,
}: {
  readonly before: Letterhead;
  readonly onDone?: () => void;
}) {
  const [said, setSaid] = useState(before);
  const set = useChange("letterhead.set", undefined, onDone);
  const complaints = set.error ? asRefusal(set.error).complaints : {};
  const field = (name: keyof Letterhead, label: string, description: string) => (
    <TextField
      label={label}
      description={description}
      value={said[name]}
      error={complaints[name]}
      onChange={(event) => setSaid({ ...said, [name]: event.currentTarget.value })}
    />
  );
  const ready = [said.team, said.email, said.phone, said.hours].every((text) => text.trim() !== "");
  return (
    <Form
      verb="Write under this name"
      ready={ready}
      pending={set.isPending}
      fault={set.error}
      onCancel={onDone}
      onSubmit={() => set.mutate(said)}
    >
      {field("team", "Team", "As others know it, such as Harbour CERT")}
      {field("email", "Mail", "Answers come here, so that others read them too when you are off")}
      {field("phone", "Phone", "The number that others call back at")}
      {field("hours", "Answered", "With the zone, such as Mon–Fri 08:00–18:00 Europe/Berlin")}
      {field("url", "Who we are", "Where others read about the team; it can stay empty")}
    </Form>
  );
}
