import { DEFAULT_FOLLOWUP } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
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
  const focusNext = useFocusNext("arrange-title");
  const earlier = (at: number, section: string) => {
    // What is first cannot go up any more.
    focusNext(at === 1 ? `arrange-out-${section}` : `arrange-up-${section}`);
    setSections(
      sections.map((each, place) => {
        if (place === at - 1) return sections[at] ?? each;
        return place === at ? (sections[at - 1] ?? each) : each;
      }),
    );
  };
  const leaveOut = (one: FollowupTemplate["sections"][number], at: number) => {
    focusNext(`arrange-out-${(sections[at + 1] ?? sections[at - 1])?.section}`);
    setSections(sections.filter((each) => each !== one));
  };
  const add = (one: FollowupTemplate["sections"][number]) => {
    focusNext(`arrange-up-${one.section}`);
    setSections([...sections, one]);
  };
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
        id="arrange-title"
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
            <Button
              id={`arrange-up-${each.section}`}
              disabled={at === 0}
              aria-label={`Move ${each.title} up`}
              onClick={() => earlier(at, each.section)}
            >
              Up
            </Button>
            <Button
              id={`arrange-out-${each.section}`}
              aria-label={`Leave out ${each.title}`}
              onClick={() => leaveOut(each, at)}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ol>
      {left.length === 0 ? null : (
        <p className="followup-verbs">
          {left.map((each) => (
            <Button key={each.section} onClick={() => add(each)}>
              Add {each.title}
            </Button>
          ))}
        </p>
      )}
    </Form>
  );
}

/** Puts the focus, once the page is drawn anew, on what was named last; at first on `first`. Keys go on where they were. */
function useFocusNext(first: string): (id: string) => void {
  const next = useRef<string | undefined>(first);
  useEffect(() => {
    if (next.current !== undefined) document.getElementById(next.current)?.focus();
    next.current = undefined;
  });
  return (id) => {
    next.current = id;
  };
}
