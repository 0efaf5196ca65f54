import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { saveText } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { sendFile } from "./send-file.ts";
import { SourceForm } from "./source-form.tsx";
import { type Batch, batchesQuery, readAllUnread, type Source, unreadQuery } from "./source-queries.ts";
import { healthOf, KIND_WORDS } from "./source-words.ts";

/** Sets up a source, and opens it. */
export function AddSourcePanel({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const add = useChange(
    "source.add",
    undefined,
    ({ source }) => void navigate({ to: "/triage/sources", search: { open: source } }),
  );
  return (
    <Panel title="Add a source" onClose={onClose}>
      <SourceForm
        verb="Add"
        pending={add.isPending}
        fault={add.error}
        onSubmit={(said) => add.mutate(said)}
      />
    </Panel>
  );
}

/** A source: what it sent, what of it could not be read, and how it is read. */
export function SourcePanel({
  source,
  maySend,
  onClose,
}: {
  readonly source: Source;
  readonly maySend: boolean;
  readonly onClose: () => void;
}) {
  const [changing, setChanging] = useState(false);
  const save = useChange("source.change", "source", () => setChanging(false));
  if (changing) {
    return (
      <Panel title={`Change ${source.name}`} onClose={() => setChanging(false)}>
        <SourceForm
          verb="Save"
          source={source}
          pending={save.isPending}
          fault={save.error}
          onSubmit={(said) => save.mutate({ source: source.id, seen: source.changedSeq, ...said })}
        />
      </Panel>
    );
  }
  const active = maySend && source.status === "active";
  return (
    <Panel title={source.name} onClose={onClose}>
      <Facts
        of={[
          ["State", healthOf(source).words],
          ["Kind", KIND_WORDS[source.reading.kind]],
          ["Expected", source.expectedEveryHours === null ? "" : `every ${source.expectedEveryHours} h`],
          ["Host", source.reading.host],
          ["Zone assumed", source.reading.zone],
          ["Clock ahead by", `${source.reading.clockOffsetSeconds} s`],
          ["Events", source.events.toLocaleString("en")],
          ["Arrived again", source.repeats.toLocaleString("en")],
          ["No signs", source.skipped.toLocaleString("en")],
        ]}
      />
      {active ? <SendFile source={source} /> : null}
      <Batches source={source} />
      {source.unread > 0 ? <Unread source={source} mayRead={active} /> : null}
      {active ? (
        <div className="source-part">
          <div className="source-verbs">
            <Button onClick={() => setChanging(true)}>Change</Button>
          </div>
          <Retire source={source} />
        </div>
      ) : null}
    </Panel>
  );
}

function SendFile({ source }: { readonly source: Source }) {
  const queries = useQueryClient();
  const [sent, setSent] = useState<{ name: string; loaded: number; size: number }>();
  const [fault, setFault] = useState<unknown>();
  const send = (file: File): void => {
    setFault(undefined);
    sendFile(source.id, file, (loaded) => setSent({ name: file.name, loaded, size: file.size }))
      .catch(setFault)
      .finally(() => {
        setSent(undefined);
        void queries.invalidateQueries({ queryKey: ["source"] });
      });
  };
  return (
    <section className="source-part">
      <h3>Send a file</h3>
      <label className="field-label">
        File, plain or packed with gzip{" "}
        <input
          type="file"
          disabled={sent !== undefined}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) send(file);
          }}
        />
      </label>
      {sent ? (
        <ProgressBar value={sent.loaded} max={Math.max(1, sent.size)} label={`Sending ${sent.name}`} />
      ) : null}
      {fault ? <RefusalNotice fault={fault} /> : null}
    </section>
  );
}

function Batches({ source }: { readonly source: Source }) {
  const answer = useQuery(batchesQuery(source.id));
  return (
    <section className="source-part">
      <h3>Latest batches</h3>
      <Load answer={answer} label="batches" rows={2}>
        {(batches) =>
          batches.length === 0 ? (
            <p className="quiet">Nothing was sent through this source yet.</p>
          ) : (
            <ul className="source-list">
              {batches.map((batch) => (
                <li key={batch.id}>
                  <BatchRow batch={batch} />
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </section>
  );
}

function BatchRow({ batch }: { readonly batch: Batch }) {
  const name = batch.name === "" ? "A batch" : batch.name;
  if (batch.status === "waiting") {
    return <ProgressBar value={batch.doneBytes} max={batch.sizeBytes} label={`Reading ${name}`} />;
  }
  if (batch.status === "set_aside") {
    return (
      <Notice tone="warn" title={`${name} could not be worked off`}>
        {batch.problem}. Its bytes are kept.
      </Notice>
    );
  }
  return (
    <>
      <strong>{name}</strong>
      <div className="meta">
        {batch.receivedAt.slice(0, 19).replace("T", " ")}Z · {batch.events} events, {batch.signs} new signs
        {batch.repeats > 0 ? `, ${batch.repeats} arrived again` : ""}
        {batch.unread > 0 ? `, ${batch.unread} unread` : ""}
        {Object.entries(batch.skipped).map(([why, count]) => `, ${count} × ${why}`)}
      </div>
    </>
  );
}

function Unread({ source, mayRead }: { readonly source: Source; readonly mayRead: boolean }) {
  const answer = useInfiniteQuery(unreadQuery(source.id));
  const queries = useQueryClient();
  const again = useChange(
    "source.reread",
    "source",
    () => void queries.invalidateQueries({ queryKey: ["source"] }),
  );
  const save = useMutation({
    mutationFn: async () => {
      const records = await readAllUnread(source.id);
      saveText(`${source.name}-unread.json`, "application/json", JSON.stringify(records, null, 2));
    },
  });
  const rows = answer.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="source-part">
      <h3>Unread records: {source.unread.toLocaleString("en")}</h3>
      <p className="quiet">
        Kept byte for byte. Mend the mapping or the zone, then read them again: what can be read then becomes
        signs.
      </p>
      <div className="source-verbs">
        {mayRead ? (
          <Button disabled={again.isPending} onClick={() => again.mutate({ source: source.id })}>
            Read them again
          </Button>
        ) : null}
        <Button disabled={save.isPending} onClick={() => save.mutate()}>
          Save all as JSON
        </Button>
      </div>
      <RefusalNotice fault={again.error ?? save.error} />
      <ul className="source-list">
        {rows.map((row) => (
          <li key={`${row.batch}:${row.record}`}>
            <span className="mono">{row.record}</span> {row.reason}
            <code>{row.text.slice(0, 300)}</code>
          </li>
        ))}
      </ul>
      <MoreRows answer={answer} />
    </section>
  );
}

function Retire({ source }: { readonly source: Source }) {
  const [reason, setReason] = useState("");
  const retire = useChange("source.retire", "source");
  return (
    <Form
      verb="Retire"
      irreversible
      ready={reason.trim() !== ""}
      pending={retire.isPending}
      fault={retire.error}
      onSubmit={() => retire.mutate({ source: source.id, reason })}
    >
      <TextField
        label="Why it is retired"
        description="Nothing more is taken from it; what it sent stays"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
