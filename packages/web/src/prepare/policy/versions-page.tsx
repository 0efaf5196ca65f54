import "../../ui/table.css";
import "./policy-page.css";
import "./versions-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Policy, PolicyAnswer, Role } from "../../api/contract.ts";
import { policyQuery, useNowAnswer } from "../../api/queries.ts";
import { Load } from "../../shell/load.tsx";
import { Digest } from "../../ui/digest.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Shape } from "../../ui/shape.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { instantIn } from "../duty/wall-clock.ts";
import { ROLE_ORDER, ROLE_WORDS } from "../people/role-words.ts";
import { grantText } from "./policy-table.tsx";
import { atMomentQuery, versionsQuery } from "./version-queries.ts";

/** Every version of the policy there ever was, and what somebody might have done at any moment. */
export function VersionsPage() {
  const policy = useQuery(policyQuery);
  const versions = useQuery(versionsQuery);
  return (
    <>
      <PageHead
        title="Versions of the policy"
        under="What was adopted is never changed. Each version stays readable, and says what was permitted then."
      >
        <Link to="/policy">The policy in force</Link>
      </PageHead>
      <Load answer={policy} label="the policy">
        {(now) => (
          <Load answer={versions} label="the versions" rows={3}>
            {(items) => (
              <div className="versions">
                <Versions items={items} inForce={now.inForce?.version} />
                {items.length === 0 ? null : <AtMoment actions={now.actions} />}
              </div>
            )}
          </Load>
        )}
      </Load>
    </>
  );
}

function Versions({
  items,
  inForce,
}: {
  readonly items: readonly Policy[];
  readonly inForce: number | undefined;
}) {
  if (items.length === 0) {
    return (
      <EmptyState title="No policy has been adopted yet">
        A manager reads the policy that ships and adopts it. From then on every version stands here.
      </EmptyState>
    );
  }
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">From</th>
            <th scope="col">Signed by</th>
            <th scope="col">Read</th>
            <th scope="col">Digest</th>
          </tr>
        </thead>
        <tbody>
          {items.map((policy) => (
            <tr key={policy.version}>
              <td>
                <Link to="/policy/versions/$version" params={{ version: String(policy.version) }}>
                  {policy.version}: {policy.document?.title ?? "withheld"}
                </Link>{" "}
                {policy.version === inForce ? <Tag tone="ok">in force</Tag> : null}
                {policy.version > (inForce ?? 0) ? <Tag tone="warn">to come</Tag> : null}
              </td>
              <td>
                <Moment at={policy.effectiveAt ?? policy.adoptedAt} />
              </td>
              <td>{signers(policy)}</td>
              <td>{readBy(policy.acknowledgedBy.length)}</td>
              <td>
                <Digest value={policy.digest} label={`the digest of version ${policy.version}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function readBy(count: number): string {
  if (count === 0) return "by nobody yet";
  return count === 1 ? "by one person" : `by ${count} people`;
}

/** Who signed a version: whoever wrote it and whoever consented, or the one manager of the first. */
export function signers({ writtenBy, adoptedBy }: Policy): string {
  return writtenBy === null ? adoptedBy : `${writtenBy} and ${adoptedBy}`;
}

function AtMoment({ actions }: { readonly actions: PolicyAnswer["actions"] }) {
  const { zone } = useNowAnswer().person;
  const [asked, setAsked] = useState({
    role: "handler" as Role,
    action: "host.isolate_production" as PolicyAnswer["actions"][number]["id"],
    at: "",
  });
  const [opened] = useState(() => new Date().toISOString());
  const set = (part: Partial<typeof asked>) => setAsked({ ...asked, ...part });
  const at = asked.at === "" ? opened : instantIn(asked.at, zone);
  return (
    <section className="versions-ask" aria-label="What was permitted then">
      <h2>What was permitted then?</h2>
      <div className="versions-fields">
        <SelectField
          label="Who"
          data={ROLE_ORDER.map((role) => ({ value: role, label: ROLE_WORDS[role] }))}
          value={asked.role}
          allowDeselect={false}
          onChange={(role) => role && set({ role: role as Role })}
        />
        <SelectField
          label="To do what"
          data={actions.map(({ id, title }) => ({ value: id, label: title }))}
          value={asked.action}
          allowDeselect={false}
          onChange={(action) => action && set({ action: action as typeof asked.action })}
        />
        <TextField
          label="When"
          description={`On the clocks of ${zone}; empty for now`}
          type="datetime-local"
          value={asked.at}
          onChange={(event) => set({ at: event.currentTarget.value })}
        />
      </div>
      <div role="status">{at === undefined ? null : <Answer {...asked} at={at} />}</div>
    </section>
  );
}

const SHAPES = { permitted: "check", approval: "half", forbidden: "cross" } as const;

function Answer({ role, action, at }: { readonly role: Role; readonly action: string; readonly at: string }) {
  const { data } = useQuery(atMomentQuery(action, role, at));
  if (data === undefined) return null;
  if (data.version === null) {
    return (
      <p className="versions-answer forbidden">
        <Shape of="cross" /> <b>No.</b> No policy was in force at {utcText(at)}, so nobody had authority.
      </p>
    );
  }
  const grant =
    data.effect === "approval"
      ? { effect: data.effect, by: data.by, persons: data.persons === 2 ? (2 as const) : (1 as const) }
      : { effect: data.effect };
  return (
    <>
      <p className={`versions-answer ${data.effect}`}>
        <Shape of={SHAPES[data.effect]} /> <b>{ROLE_WORDS[role]}:</b> {grantText(grant)}
        {data.breakable ? ", or by breaking the glass" : ""}, at {utcText(at)}, by version {data.version}.
      </p>
      <p className="clause">{data.clause}</p>
    </>
  );
}
