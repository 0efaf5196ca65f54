import { DEFAULT_FOLLOWUP } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type FollowupTemplate, followupTemplateQuery } from "./followup-queries.ts";

/** Arranges the follow-up reports of the whole organisation: which sections, in which order, under which titles. */
export function ArrangeForm({ onDone }: { readonly onDone: () => void }) {
  const { data } = useQuery(followupTemplateQuery);
  return data === undefined ? null : <Arranged template={data} onDone={onDone} />;
}

function Arranged({
  template,
  onDone,
}: {
  readonly template: FollowupTemplate;
  readonly onDone: () => void;
}) {
  const [title, setTitle] = useState(template.title);
  const [sections, setSections] = useState(template.sections);
  const arrange = useChange("followup.arrange", undefined, onDone);
  const left = DEFAULT_FOLLOWUP.sections.filter(({ section }) =>
    sections.every((each) => each.section !== section),
  );
  const earlier = (at: number) =>
    setSections(
      sections.map((each, place) => {
        if (place === at - 1) return sections[at] ?? each;
        return place === at ? (sections[at - 1] ?? each) : each;
      }),
    );
  return (
    <Form
      verb="Arrange all reports so"
      says="It holds for every incident."
      ready={title.trim() !== "" && sections.length > 0 && sections.every((each) => each.title.trim() !== "")}
      pending={arrange.isPending}
      fault={arrange.error}
      onCancel={onDone}
      onSubmit={() => arrange.mutate({ title, sections })}
    >
      <TextField
        label="What reports are called"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <ol className="followup-sections">
        {sections.map((each, at) => (
          <li key={each.section}>
            <TextField
              label={`Title of section ${at + 1}`}
              value={each.title}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setSections(sections.map((one) => (one === each ? { ...one, title: value } : one)));
              }}
            />
            <Button disabled={at === 0} aria-label={`Move ${each.title} up`} onClick={() => earlier(at)}>
              Up
            </Button>
            <Button
              aria-label={`Leave ${each.title} out`}
              onClick={() => setSections(sections.filter((one) => one !== each))}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ol>
      {left.length === 0 ? null : (
        <p className="followup-verbs">
          {left.map((each) => (
            <Button key={each.section} onClick={() => setSections([...sections, each])}>
              Add {each.title}
            </Button>
          ))}
        </p>
      )}
    </Form>
  );
}
