import { useQuery } from "@tanstack/react-query";
import type { OperationInput } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type Isolation, isolationsQuery } from "../contain-queries.ts";

export type CutThings = Exclude<OperationInput<"incident.dismiss">["cut"], "nothing">;
type Answer = { readonly now: "restored" | "kept" | undefined; readonly reason: string };

/** What becomes of each isolation, by its id. */
export type IsolationAnswers = Readonly<Record<string, Answer>>;

const NONE: Answer = { now: undefined, reason: "" };
const OUTCOMES = [
  { value: "restored", label: "Connected again" },
  { value: "kept", label: "Stays cut" },
] as const;

/** Everything that is cut off in an incident, each with what becomes of it now. */
export function IsolationsToEnd({
  standing,
  answers,
  onChange,
}: {
  readonly standing: readonly Isolation[];
  readonly answers: IsolationAnswers;
  readonly onChange: (answers: IsolationAnswers) => void;
}) {
  if (standing.length === 0) return null;
  return (
    <section className="panel-section" aria-label="What is cut off">
      <h3>What is cut off</h3>
      {standing.map(({ id, target, undo }) => {
        const answer = answers[id] ?? NONE;
        const put = (part: Partial<Answer>) => onChange({ ...answers, [id]: { ...answer, ...part } });
        return (
          <div key={id} className="cut-thing">
            <ChoiceField
              label={target.name}
              hint={answer.now === "restored" ? undo : undefined}
              choices={OUTCOMES}
              value={answer.now}
              onChange={(now) => put({ now })}
            />
            {answer.now === "kept" ? (
              <TextField
                label="Why it stays cut"
                value={answer.reason}
                onChange={(event) => put({ reason: event.currentTarget.value })}
              />
            ) : null}
          </div>
        );
      })}
    </section>
  );
}

/**
 * Ends the isolations of an incident that is dismissed: what is connected again is lifted on record first, what
 * was only asked for or allowed is taken back.
 */
export function useEndIsolations(incident: string) {
  const { data } = useQuery(isolationsQuery(incident));
  const lift = useChange("isolation.lift", "isolation");
  const withdraw = useChange("isolation.withdraw", "isolation");
  const all = data ?? [];
  const standing = all.filter(({ state }) => state === "done" || state === "verified");
  const waiting = all.filter(({ state }) => state === "requested" || state === "approved");
  return {
    standing,
    pending: data === undefined || lift.isPending || withdraw.isPending,
    fault: lift.error ?? withdraw.error,
    /** What becomes of each, for the record; `undefined` while one is not answered. */
    answersOf: (answers: IsolationAnswers): CutThings | undefined => {
      const said = standing.flatMap(({ id, target }) => {
        const { now, reason } = answers[id] ?? NONE;
        if (now === undefined || (now === "kept" && reason.trim() === "")) return [];
        return [{ what: target.name, isolation: id, now, reason: now === "kept" ? reason : "" }];
      });
      return said.length === standing.length ? said : undefined;
    },
    end: async (answers: IsolationAnswers, reason: string) => {
      const short = reason.slice(0, 2000).toWellFormed();
      for (const { id } of standing) {
        if (answers[id]?.now === "restored") await lift.mutateAsync({ isolation: id, reason: short });
      }
      for (const { id } of waiting) await withdraw.mutateAsync({ isolation: id, reason: short });
    },
  };
}
