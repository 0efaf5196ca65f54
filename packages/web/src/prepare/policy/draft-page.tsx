import "../../ui/table.css";
import "./draft-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PolicyAnswer, PolicyDocument, PolicyRow, Role } from "../../api/contract.ts";
import { policyQuery, useNowAnswer } from "../../api/queries.ts";
import { Load } from "../../shell/load.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { ROLE_ORDER, ROLE_WORDS } from "../people/role-words.ts";
import { Consent, SaveDraft } from "./draft-decide.tsx";
import { type DraftAnswer, draftQuery } from "./draft-queries.ts";
import { choiceOf, choicesFor, grantOf } from "./grant-choice.ts";
import { PolicyTable } from "./policy-table.tsx";

/** The next version of the policy: written cell by cell, told in plain words, agreed on by two managers. */
export function DraftPage() {
  const policy = useQuery(policyQuery);
  const draft = useQuery(draftQuery);
  return (
    <>
      <PageHead
        title="The next version of the policy"
        under="One manager writes it, another reads what it changes and consents. Until then nothing changes."
      >
        <Link to="/policy">The policy in force</Link>
      </PageHead>
      <Load answer={policy} label="the policy">
        {(now) => (
          <Load answer={draft} label="the draft">
            {(answer) => <Draft key={answer.revision} now={now} answer={answer} />}
          </Load>
        )}
      </Load>
    </>
  );
}

function Draft({ now, answer }: { readonly now: PolicyAnswer; readonly answer: DraftAnswer }) {
  const me = useNowAnswer().person;
  const { draft } = answer;
  const start = complete(draft?.document ?? now.inForce?.document ?? now.shipped, now.shipped);
  const [document, setDocument] = useState<PolicyDocument>(start);
  const touched = JSON.stringify(document) !== JSON.stringify(start);
  return (
    <div className="draft">
      {draft === null ? null : (
        <Notice tone="info" title={`${draft.authorName} wrote revision ${answer.revision}`}>
          {draft.note} {draft.note === "" ? null : "· "}saved <Moment at={draft.savedAt} />
          {draft.effectiveAt === null ? ", to come into force at once" : ", to come into force "}
          {draft.effectiveAt === null ? null : <Moment at={draft.effectiveAt} />}
        </Notice>
      )}
      {draft === null || touched ? null : (
        <>
          <Changes answer={answer} />
          <Consent answer={answer} own={draft.author === me.id} />
          <WhoMayWhat now={now} answer={answer} document={draft.document} />
        </>
      )}
      <EditTable now={now} document={document} onChange={setDocument} />
      <SaveDraft answer={answer} document={document} touched={touched} />
    </div>
  );
}

/** The draft as the engine that decides answers it, not as its table is written. */
function WhoMayWhat({
  now,
  answer,
  document,
}: {
  readonly now: PolicyAnswer;
  readonly answer: DraftAnswer;
  readonly document: PolicyDocument;
}) {
  const rows = document.rows.map((row) => {
    const cells = answer.table.find((each) => each.action === row.action)?.cells;
    return cells === undefined ? row : { ...row, grants: grantsOf(cells) };
  });
  return (
    <details className="draft-enforced">
      <summary>Who might do what by this draft, as it would be enforced</summary>
      <PolicyTable document={{ ...document, rows }} actions={now.actions} chosen={undefined} />
    </details>
  );
}

function grantsOf(cells: DraftAnswer["table"][number]["cells"]): PolicyRow["grants"] {
  const grants = ROLE_ORDER.map((role) => {
    const { effect, by, persons } = cells[role];
    const grant = effect === "approval" ? { effect, by, ...(persons === 2 ? { persons } : {}) } : { effect };
    return [role, grant];
  });
  return Object.fromEntries(grants) as PolicyRow["grants"];
}

/** The document with a row for every action of this release: what it did not name, it forbids. */
function complete(document: PolicyDocument, shipped: PolicyDocument): PolicyDocument {
  const rows = shipped.rows.map(
    (row) =>
      document.rows.find((each) => each.action === row.action) ?? {
        action: row.action,
        clause: row.clause,
        grants: Object.fromEntries(
          ROLE_ORDER.map((role) => [role, { effect: "forbidden" }]),
        ) as PolicyRow["grants"],
      },
  );
  return { title: document.title, rows };
}

function Changes({ answer }: { readonly answer: DraftAnswer }) {
  return (
    <section className="draft-changes" aria-label="What it changes">
      <h2>What it changes</h2>
      {answer.changes.length === 0 ? (
        <p className="quiet">Nothing: it says the same as version {answer.latest}.</p>
      ) : (
        <ul>
          {answer.changes.map((change) => (
            <li key={change.words}>{change.words}</li>
          ))}
        </ul>
      )}
      <h2>What it would have changed in the last 90 days</h2>
      {answer.wouldHaveChanged.length === 0 ? (
        <p className="quiet">No decision on record would have been another.</p>
      ) : (
        <ul>
          {answer.wouldHaveChanged.map(({ action, role, was, wouldBe, count, lastAt }) => (
            <li key={`${action} ${role} ${was}`}>
              {count} × <code>{action}</code> of a {ROLE_WORDS[role].toLowerCase()} was {WAS[was]};{" "}
              {WOULD_BE[wouldBe]}. Last <Moment at={lastAt} utcOnly />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const WAS = { allowed: "allowed", approved: "allowed with consent", denied: "denied" } as const;

const WOULD_BE = {
  permitted: "it would have been permitted",
  approval: "it would have needed consent",
  forbidden: "it would have been forbidden",
} as const;

function EditTable({
  now,
  document,
  onChange,
}: {
  readonly now: PolicyAnswer;
  readonly document: PolicyDocument;
  readonly onChange: (document: PolicyDocument) => void;
}) {
  const change = (row: PolicyRow) =>
    onChange({ ...document, rows: document.rows.map((each) => (each.action === row.action ? row : each)) });
  return (
    <div className="table-wrap">
      <table className="table draft-table">
        <thead>
          <tr>
            <th scope="col">Action and clause</th>
            {ROLE_ORDER.map((role) => (
              <th scope="col" key={role}>
                {ROLE_WORDS[role]}
              </th>
            ))}
            <th scope="col">Glass</th>
          </tr>
        </thead>
        <tbody>
          {document.rows.map((row) => {
            const action = now.actions.find(({ id }) => id === row.action);
            return (
              <EditRow
                key={row.action}
                row={row}
                title={action?.title ?? row.action}
                absolute={action?.absolute === true}
                onChange={change}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function EditRow({
  row,
  title,
  absolute,
  onChange,
}: {
  readonly row: PolicyRow;
  readonly title: string;
  readonly absolute: boolean;
  readonly onChange: (row: PolicyRow) => void;
}) {
  const setGrant = (role: Role, value: string) => {
    const grant = grantOf(value);
    if (grant !== undefined) onChange({ ...row, grants: { ...row.grants, [role]: grant } });
  };
  const { breakGlass, ...rest } = row;
  return (
    <tr>
      <th scope="row">
        <span>{title}</span>
        <TextArea
          aria-label={`Clause: ${title}`}
          minRows={1}
          value={row.clause}
          onChange={(event) => onChange({ ...row, clause: event.currentTarget.value })}
        />
      </th>
      {ROLE_ORDER.map((role) => (
        <td key={role}>
          {absolute ? (
            <span className="quiet">never</span>
          ) : (
            <select
              className={`draft-cell ${row.grants[role].effect}`}
              aria-label={`${title}: ${ROLE_WORDS[role]}`}
              value={choiceOf(row.grants[role])}
              onChange={(event) => setGrant(role, event.currentTarget.value)}
            >
              {choicesFor(row.grants[role]).map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </td>
      ))}
      <td>
        {absolute ? null : (
          <input
            type="checkbox"
            aria-label={`${title}: the glass may be broken`}
            checked={breakGlass === true}
            onChange={(event) => onChange(event.currentTarget.checked ? { ...rest, breakGlass: true } : rest)}
          />
        )}
      </td>
    </tr>
  );
}
