import "../../ui/filter.css";
import "./triage-page.css";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useWhyNot } from "../../shell/authority-actions.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { usePageTitle } from "../../ui/page-title.ts";
import { DismissDialog } from "./dismiss-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { QueueEmpty } from "./queue-empty.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { QueueList } from "./queue-list.tsx";
import { QueueSays } from "./queue-says.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { useSourceNames } from "./source-names.ts";
import { Story } from "./story.tsx";
import { queueQuery, queueStateQuery, type SignRow, storyQuery } from "./triage-answers.ts";
import { type Decision, type LookedAt, useDecisions } from "./use-decisions.ts";
import { useQueueKeys } from "./use-queue-keys.ts";

type Asking = "merge" | "dismiss" | "snooze";

/** The queue at the left, the whole story of one sign at the right; every verb is one key and at most one answer. */
export function TriagePage() {
  const { sign: asked, ...filter } = useSearch({ from: "/in/triage" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const answer = useInfiniteQuery(queueQuery(filter));
  const { data: state } = useQuery(queueStateQuery);
  const decisions = useDecisions();
  const nameOfSource = useSourceNames();
  const whyNot = useWhyNot()("sign.triage");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking>();
  usePageTitle("Triage");
  useWakeUp(state?.nextWakeAt);

  const all = useMemo(() => answer.data?.pages.flatMap((page) => page.items) ?? [], [answer.data]);
  const waits = filter.status === undefined || filter.status === "snoozed";
  const signs = useMemo(
    () => (waits ? all.filter(({ id }) => !decisions.gone.has(id)) : all),
    [all, waits, decisions.gone],
  );
  const latest = useRef(filter);
  latest.current = filter;
  const open = useOpenSign(asked, signs, answer.isPlaceholderData ? undefined : JSON.stringify(filter));
  const chosen = signs.findIndex(({ id }) => id === open);
  const choose = useCallback(
    (id: string | undefined) =>
      void navigate({ to: "/triage", search: { ...latest.current, sign: id }, replace: true }),
    [navigate],
  );

  const looked = (): readonly LookedAt[] => {
    const wanted = selected.size > 0 ? all.filter(({ id }) => selected.has(id)) : [];
    if (wanted.length > 0) return wanted.map(lookedAt);
    const shown =
      open === undefined ? undefined : (client.getQueryData(storyQuery(open).queryKey) ?? signs[chosen]);
    return shown === undefined ? [] : [lookedAt(shown)];
  };
  const decide = (decision: Decision) => {
    const targets = looked();
    setAsking(undefined);
    if (targets.length === 0) return;
    const leaving = new Set(targets.map(({ sign }) => sign as string));
    const rest = signs.filter(({ id }, at) => !leaving.has(id) && at > chosen);
    const next = rest[0] ?? signs.filter(({ id }) => !leaving.has(id)).at(-1);
    decisions.decide(targets, decision);
    setSelected(new Set());
    if (waits) choose(next?.id);
  };
  const may = whyNot === undefined;
  const story = open === undefined ? undefined : client.getQueryData(storyQuery(open).queryKey);
  const about = selected.size > 1 ? `(${selected.size} signs)` : "";
  const ask = (what: Asking) => (looked().length > 0 ? setAsking(what) : undefined);
  useQueueKeys({
    signs,
    chosen,
    may,
    selected,
    onSelect: setSelected,
    onChoose: choose,
    onAccept: () => decide({ verb: "accept" }),
    onAsk: ask,
    onUndo: decisions.last === undefined ? undefined : () => void decisions.undo(),
  });

  return (
    <div className={asked === undefined ? "triage" : "triage one"}>
      <h1 className="unseen">Triage</h1>
      <section className="queue no-print" aria-label="The queue">
        <QueueFilters filter={filter} signs={all} nameOfSource={nameOfSource} />
        <QueueSays
          decisions={decisions}
          state={state}
          selected={selected.size}
          onClear={() => setSelected(new Set())}
        />
        <Load answer={answer} label="the queue" rows={14}>
          {() =>
            signs.length === 0 ? (
              <QueueEmpty filter={filter} state={state} />
            ) : (
              <QueueList
                signs={signs}
                chosen={chosen}
                selected={selected}
                more={answer.hasNextPage && !answer.isFetchingNextPage}
                onMore={answer.fetchNextPage}
                onChoose={choose}
              />
            )
          }
        </Load>
      </section>
      <section className="queue-story" aria-label="The sign beside the queue">
        <div className="queue-back no-print">
          <Button onClick={() => choose(undefined)}>Back to the queue</Button>
        </div>
        {open === undefined ? (
          <p className="queue-nothing quiet">The story of a sign is told here.</p>
        ) : (
          <Story
            id={open}
            onPutBack={(shown) => void decisions.putBack(lookedAt(shown))}
            verbs={(shown) =>
              shown.status === "waiting" || shown.status === "snoozed" ? (
                <>
                  <Verb of="A" weight="primary" may={may} onPress={() => decide({ verb: "accept" })}>
                    Accept
                  </Verb>
                  <Verb of="M" may={may} onPress={() => ask("merge")}>
                    Merge
                  </Verb>
                  <Verb of="D" may={may} onPress={() => ask("dismiss")}>
                    Dismiss
                  </Verb>
                  <Verb of="S" may={may} onPress={() => ask("snooze")}>
                    Snooze
                  </Verb>
                  {may ? null : <p className="quiet">You may read signs, not decide on them. {whyNot}.</p>}
                </>
              ) : null
            }
          />
        )}
      </section>
      {asking === "merge" ? (
        <MergeDialog
          about={about}
          candidates={story?.candidates ?? []}
          onDecide={decide}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
      {asking === "dismiss" ? (
        <DismissDialog
          about={about}
          learnt={story?.reasons ?? []}
          onDecide={decide}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
      {asking === "snooze" ? (
        <SnoozeDialog about={about} onDecide={decide} onClose={() => setAsking(undefined)} />
      ) : null}
    </div>
  );
}

function lookedAt({ id, changedSeq, count }: Pick<SignRow, "id" | "changedSeq" | "count">): LookedAt {
  return { sign: id, seen: changedSeq, seenCount: count };
}

function Verb({
  of: key,
  weight = "quiet",
  may,
  onPress,
  children,
}: {
  readonly of: string;
  readonly weight?: "primary" | "quiet";
  readonly may: boolean;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <Button weight={weight} disabled={!may} onClick={onPress} aria-keyshortcuts={key}>
      {children} <kbd>{key}</kbd>
    </Button>
  );
}

/**
 * The sign that is open: the one that the address names, or else the newest.
 *
 * It stays open when somebody takes it, or a newer one comes in: what one reads must not change under one's eyes.
 */
function useOpenSign(
  asked: string | undefined,
  signs: readonly SignRow[],
  /** What is listed; `undefined` while the rows of another filter still stand there. */
  filter: string | undefined,
): string | undefined {
  const held = useRef<{ readonly id: string; readonly filter: string | undefined }>(undefined);
  if (asked !== undefined) {
    held.current = { id: asked, filter };
    return asked;
  }
  if (held.current !== undefined && (filter === undefined || held.current.filter === filter)) {
    return held.current.id;
  }
  const [newest] = signs;
  held.current = newest && { id: newest.id, filter };
  return newest?.id;
}

/** Looks again when the next snooze ends: nobody tells of it, because nobody does it. */
function useWakeUp(nextWakeAt: string | null | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (nextWakeAt == null) return;
    const waitMs = Math.min(Math.max(Date.parse(nextWakeAt) - Date.now(), 0) + 500, 2_000_000_000);
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ["triage"] }), waitMs);
    return () => clearTimeout(timer);
  }, [client, nextWakeAt]);
}
