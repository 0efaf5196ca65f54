import { GATE_TEXTS } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { ReasonForm } from "../../recover/reason-form.tsx";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { type Library, type Playbook, type PlaybookContent, playbooksQuery } from "./playbook-queries.ts";
import { STEP_PHASE_WORDS, STEP_PHASES } from "./playbook-words.ts";
import { StatusOf, vectorsText } from "./playbooks-page.tsx";

/** One playbook with its steps; the address names one of the library, or one that ships. */
export function PlaybookPanel() {
  const { playbook: id } = useParams({ from: "/in/playbooks/$playbook" });
  const answer = useQuery(playbooksQuery);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/playbooks" });
  useKey("escape", leave);
  return (
    <Load answer={answer} label="the playbook">
      {({ items, shipped }) => {
        const playbook = items.find((each) => each.id === id);
        const ships = shipped.find(({ key }) => key === id);
        const content = playbook?.inForce ?? playbook?.draft ?? ships?.content;
        if (content === undefined || content === null) {
          return (
            <Panel title="Playbook" onClose={leave}>
              <EmptyState title="There is no such playbook" />
            </Panel>
          );
        }
        return (
          <Panel title={content.title} onClose={leave}>
            {playbook ? <InForce playbook={playbook} /> : null}
            {ships ? <Ships ships={ships} /> : null}
            {content.summary ? <p className="prose">{content.summary}</p> : null}
            <Steps content={content} />
            {playbook?.inForce && playbook.draft ? <Draft playbook={playbook} /> : null}
          </Panel>
        );
      }}
    </Load>
  );
}

function Ships({ ships }: { readonly ships: Library["shipped"][number] }) {
  const navigate = useNavigate();
  const mayManage = useMay("playbook.manage");
  const adopt = useChange("playbook.adopt", undefined, ({ playbook }) =>
    navigate({ to: "/playbooks/$playbook", params: { playbook } }),
  );
  return (
    <>
      <Facts
        of={[
          ["For", vectorsText(ships.content)],
          ["After", ships.source],
        ]}
      />
      <RefusalNotice fault={adopt.error} />
      {mayManage ? (
        <div>
          <Button
            weight="primary"
            disabled={adopt.isPending}
            onClick={() => adopt.mutate({ shipped: ships.key })}
          >
            Adopt it as it stands
          </Button>
        </div>
      ) : (
        <p className="quiet">It is not in force here: somebody who keeps the playbooks adopts it.</p>
      )}
    </>
  );
}

function InForce({ playbook }: { readonly playbook: Playbook }) {
  const mayManage = useMay("playbook.manage");
  const [retiring, setRetiring] = useState(false);
  const publish = useChange("playbook.publish", "playbook");
  const retire = useChange("playbook.retire", "playbook", () => setRetiring(false));
  const about = { playbook: playbook.id, seen: playbook.changedSeq };
  return (
    <>
      <Facts
        of={[
          ["State", <StatusOf key="s" playbook={playbook} />],
          ["For", vectorsText(playbook.inForce ?? playbook.draft ?? { vectors: [] })],
          ["Since", playbook.publishedAt ? <Moment key="p" at={playbook.publishedAt} utcOnly /> : ""],
          ["By", playbook.publishedBy],
        ]}
      />
      <RefusalNotice fault={publish.error} />
      {mayManage && playbook.status !== "retired" ? (
        <Verbs>
          {playbook.draft ? (
            <Button weight="primary" disabled={publish.isPending} onClick={() => publish.mutate(about)}>
              Put the draft in force
            </Button>
          ) : null}
          <Link
            to="/playbooks/$playbook/draft"
            params={{ playbook: playbook.id }}
            className={buttonLooks({})}
          >
            {playbook.draft ? "Change the draft" : "Draft the next version"}
          </Link>
          <Button weight="plain" onClick={() => setRetiring(true)}>
            Retire
          </Button>
        </Verbs>
      ) : null}
      {retiring ? (
        <ReasonForm
          verb="Retire it"
          label="Why?"
          draft={`retire.${playbook.id}`}
          pending={retire.isPending}
          fault={retire.error}
          says="What was started from it goes on."
          onCancel={() => setRetiring(false)}
          onSubmit={(reason) => retire.mutate({ ...about, reason })}
        />
      ) : null}
    </>
  );
}

function Draft({ playbook }: { readonly playbook: Playbook }) {
  const before = new Set(playbook.inForce?.steps.map(({ text }) => text));
  const after = new Set(playbook.draft?.steps.map(({ text }) => text));
  const added = [...after].filter((text) => !before.has(text));
  const gone = [...before].filter((text) => !after.has(text));
  return (
    <section className="panel-section" aria-label="What the draft changes">
      <h3>What the draft changes</h3>
      {added.length + gone.length === 0 ? <p className="quiet">No step comes or goes.</p> : null}
      <ul className="draft-changes">
        {added.map((text) => (
          <li key={text}>
            <b>New:</b> {text}
          </li>
        ))}
        {gone.map((text) => (
          <li key={text}>
            <b>Gone:</b> {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Steps({ content }: { readonly content: PlaybookContent }) {
  return (
    <>
      {STEP_PHASES.map((phase) => {
        const steps = content.steps.filter((step) => step.phase === phase);
        return steps.length === 0 ? null : (
          <section key={phase} className="panel-section" aria-label={STEP_PHASE_WORDS[phase]}>
            <h3>{STEP_PHASE_WORDS[phase]}</h3>
            <ol className="playbook-steps">
              {steps.map((step) => (
                <li key={step.id}>
                  {step.text}
                  {step.per === "host" ? <span className="meta"> · for each host</span> : null}
                  {step.gate ? <span className="meta"> · gate “{GATE_TEXTS[step.gate].title}”</span> : null}
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </>
  );
}
