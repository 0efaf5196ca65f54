import { instantAt, parseInstant } from "@jumpkit/core";
import { useState } from "react";
import { exerciseIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { serverNow } from "../../api/server-time.ts";
import { useChange } from "../../api/use-change.ts";
import { instantIn } from "../../prepare/duty/wall-clock.ts";
import { WallClockField } from "../../prepare/duty/wall-clock-field.tsx";
import { useDraft } from "../../shell/draft.ts";
import { Button } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { Exercise } from "./exercise-queries.ts";

/** What comes after play: the hot wash, and the closing. It is asked for, because it is what is skipped most. */
export function AfterPlay({ exercise, directs }: { readonly exercise: Exercise; readonly directs: boolean }) {
  const { id, state, hotWash, reason } = exercise;
  const [doing, setDoing] = useState<"close">();
  if (state !== "ended" && state !== "closed") return null;
  return (
    <section
      aria-label="Hot wash"
      className={hotWash === null && state === "ended" ? "hot-wash due" : "hot-wash"}
    >
      <h2>Hot wash</h2>
      {hotWash === null ? (
        <p className="quiet">
          {state === "closed"
            ? `There was none: ${reason}`
            : "Stay together for 20 minutes now, before anybody goes: what went well, what did not, what surprised?"}
        </p>
      ) : (
        <Facts
          of={[
            ["Held", <Moment key="held" at={hotWash.heldAt} />],
            ["With", hotWash.present.join(", ")],
            ["Went well", hotWash.well],
            ["Did not", hotWash.badly],
            ["Surprised", hotWash.surprising],
          ]}
        />
      )}
      {state === "ended" && hotWash === null ? <WashForm exercise={exercise} /> : null}
      {state === "ended" && directs && doing === undefined ? (
        <Verbs>
          <Button weight={hotWash === null ? "plain" : "primary"} onClick={() => setDoing("close")}>
            {hotWash === null ? "Close it without one" : "Close the exercise"}
          </Button>
        </Verbs>
      ) : null}
      {doing === "close" ? (
        <CloseForm id={id} washed={hotWash !== null} onDone={() => setDoing(undefined)} />
      ) : null}
    </section>
  );
}

function WashForm({ exercise: { id, people } }: { readonly exercise: Exercise }) {
  const { zone } = useNowAnswer().person;
  const [said, setSaid, discard] = useDraft(`hotwash.${id}`, {
    heldAt: "",
    present: people.map(({ name }) => name).join(", "),
    ...{ well: "", badly: "", surprising: "" },
  });
  const wash = useChange("exercise.wash_up", "exercise", discard);
  const typed = parseInstant(instantIn(said.heldAt, zone) ?? "");
  const present = said.present
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const { well, badly, surprising } = said;
  const field = (name: "present" | "well" | "badly" | "surprising") => ({
    value: said[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setSaid({ ...said, [name]: event.currentTarget.value }),
  });
  return (
    <Form
      verb="It was held"
      ready={(said.heldAt === "" || typed !== undefined) && present.length > 0}
      pending={wash.isPending}
      fault={wash.error}
      onSubmit={() => {
        const heldAt = typed ?? instantAt(serverNow());
        wash.mutate({ exercise: exerciseIdOf(id), heldAt, present, well, badly, surprising });
      }}
    >
      <TextArea label="What went well" {...field("well")} />
      <TextArea label="What did not" {...field("badly")} />
      <TextArea label="What nobody had expected" {...field("surprising")} />
      <TextField label="Who was there" description="Names, separated by commas" {...field("present")} />
      <WallClockField
        label="When"
        description="On your own clock; now, when left empty"
        value={said.heldAt}
        onChange={(next) => setSaid({ ...said, heldAt: next })}
      />
    </Form>
  );
}

function CloseForm({
  id,
  washed,
  onDone,
}: {
  readonly id: string;
  readonly washed: boolean;
  readonly onDone: () => void;
}) {
  const [reason, setReason] = useState("");
  const close = useChange("exercise.close", "exercise", onDone);
  return (
    <Form
      verb="Close it"
      ready={washed || reason.trim() !== ""}
      pending={close.isPending}
      fault={close.error}
      says={washed ? "Players then see injects, notes and the hot wash." : null}
      onCancel={onDone}
      onSubmit={() => close.mutate({ exercise: exerciseIdOf(id), reason: washed ? "" : reason })}
    >
      {washed ? null : (
        <TextField
          label="Why there was no hot wash"
          description="Such as a real incident that broke in"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </Form>
  );
}
