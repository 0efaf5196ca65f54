import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { QueryOutput } from "../../api/contract.ts";
import { incidentIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { durationText } from "../../ui/moment-text.ts";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { hoursQuery, ratesQuery } from "./cost-queries.ts";

type Hours = QueryOutput<"cost.hours">;

/** The hours that the log suggests: a person confirms them, or changes them first. */
export function HoursSection({ incident }: { readonly incident: string }) {
  const answer = useQuery(hoursQuery(incident));
  return (
    <section aria-label="Hours from the log">
      <h2>Hours from the log</h2>
      <Load answer={answer} label="the hours" rows={3}>
        {(hours) =>
          hours.people.length === 0 ? (
            <p className="quiet">Nobody has written an entry yet.</p>
          ) : (
            <>
              <p className="meta">
                From the first to the last of somebody's entries that follow within {hours.gapMinutes}{" "}
                minutes, each such stretch at least {hours.leastMinutes} minutes. What people did away from
                the log it does not know: change what is wrong.
              </p>
              <ul className="cost-hours">
                {hours.people.map((each) => (
                  <PersonHours key={each.person} incident={incident} worked={each} />
                ))}
              </ul>
            </>
          )
        }
      </Load>
    </section>
  );
}

function PersonHours({
  incident,
  worked,
}: {
  readonly incident: string;
  readonly worked: Hours["people"][number];
}) {
  const { data: rates = [] } = useQuery(ratesQuery);
  const names = [...new Set(rates.map(({ rate }) => rate))];
  const left = Math.max(0, worked.minutes - worked.countedMinutes);
  const [said, setSaid] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const rate = chosen ?? names[0] ?? "";
  const minutes = Number(said ?? left);
  const add = useChange("cost.add", "incident", () => setSaid(undefined));
  const { entryCount, stretchCount } = worked;
  const basis = `${counted(entryCount, "entry", "entries")} in ${counted(stretchCount, "stretch", "stretches")}`;
  const from = `${basis} of the log`;
  return (
    <li>
      <span className="cost-person">
        <strong>{worked.name}</strong>
        <span className="meta">
          {durationText(worked.minutes * 60_000)} from {from}
          {worked.countedMinutes === 0
            ? ""
            : `; ${durationText(worked.countedMinutes * 60_000)} in the ledger already`}
        </span>
      </span>
      <TextField
        label={`Minutes of ${worked.name}`}
        inputMode="numeric"
        value={said ?? String(left)}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
      {names.length === 0 ? (
        <span className="meta">Set a rate under Reports, Metrics first.</span>
      ) : (
        <SelectField
          label={`Rate of ${worked.name}`}
          allowDeselect={false}
          data={names}
          value={rate}
          onChange={(name) => setChosen(name ?? undefined)}
        />
      )}
      <Button
        disabled={add.isPending || rate === "" || !Number.isInteger(minutes) || minutes <= 0}
        onClick={() =>
          add.mutate({
            ...{ incident: incidentIdOf(incident), kind: "people", what: `Work of ${worked.name}` },
            ...{ day: worked.lastDay, person: worked.person, rate, basis: from },
            minutes: { low: minutes, likely: minutes, high: minutes },
          })
        }
      >
        Count them
      </Button>
      <RefusalNotice fault={add.error} />
    </li>
  );
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
