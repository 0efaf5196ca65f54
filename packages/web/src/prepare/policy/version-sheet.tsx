import "../../document/evidence/custody-page.css";
import "./version-sheet.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Policy, PolicyAnswer, PolicyRow } from "../../api/contract.ts";
import { policyQuery, useNowAnswer } from "../../api/queries.ts";
import { Load } from "../../shell/load.tsx";
import { useNow } from "../../shell/now.ts";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Printer } from "../../ui/icons.ts";
import { utcText } from "../../ui/moment-text.ts";
import { usePageTitle } from "../../ui/page-title.ts";
import { ROLE_ORDER, ROLE_WORDS } from "../people/role-words.ts";
import { grantText } from "./policy-table.tsx";
import { versionsQuery } from "./version-queries.ts";
import { signers } from "./versions-page.tsx";

/** One version of the policy in whole, as it is read and printed: every line with its clause, who signed it. */
export function VersionSheet() {
  const { version } = useParams({ from: "/in/policy/versions/$version" });
  const policy = useQuery(policyQuery);
  const versions = useQuery(versionsQuery);
  return (
    <Load answer={policy} label="the policy">
      {({ actions, inForce }) => (
        <Load answer={versions} label="the version" rows={12}>
          {(items) => {
            const found = items.find((each) => String(each.version) === version);
            if (found?.document == null) {
              return (
                <EmptyState title="There is no such version">
                  <Link to="/policy/versions">All versions of the policy</Link>
                </EmptyState>
              );
            }
            const next = items.find((each) => each.version === found.version + 1);
            const standing = standingOf(found, inForce?.version, next);
            return <Sheet policy={found} actions={actions} standing={standing} rows={found.document.rows} />;
          }}
        </Load>
      )}
    </Load>
  );
}

function standingOf(policy: Policy, inForce: number | undefined, next: Policy | undefined): string {
  const from = utcText(policy.effectiveAt ?? policy.adoptedAt);
  if (policy.version === inForce) return `in force since ${from}`;
  if (policy.version > (inForce ?? 0)) return `comes into force ${from}`;
  return next === undefined
    ? `from ${from}`
    : `from ${from} until ${utcText(next.effectiveAt ?? next.adoptedAt)}`;
}

function Sheet({
  policy,
  actions,
  standing,
  rows,
}: {
  readonly policy: Policy;
  readonly actions: PolicyAnswer["actions"];
  readonly standing: string;
  readonly rows: readonly PolicyRow[];
}) {
  const { organisation, person } = useNowAnswer();
  const title = `${policy.document?.title ?? "Policy"}, version ${policy.version}`;
  usePageTitle(title);
  const at = new Date(useNow()).toISOString();
  const signatures = policy.writtenBy === null ? [policy.adoptedBy] : [policy.writtenBy, policy.adoptedBy];
  return (
    <div className="custody-page">
      <PrintMarking tlp="TLP:AMBER" title={title} />
      <div className="custody-bar no-print">
        <Link to="/policy/versions">All versions</Link>
        <Button weight="primary" icon={Printer} onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <article className="custody-sheet policy-sheet">
        <div className="custody-top">
          <div>
            <p className="meta">{organisation}</p>
            <h1>{policy.document?.title}</h1>
            <p>
              Version {policy.version}, {standing}
            </p>
          </div>
        </div>
        <Facts
          of={[
            ["Signed by", signers(policy)],
            ["Adopted", utcText(policy.adoptedAt)],
            ["SHA-256", <code key="d">{policy.digest}</code>],
            ["Read by", `${policy.acknowledgedBy.length}`],
          ]}
        />
        <h2>Done by people, recorded in Jumpkit</h2>
        <Rows rows={rows} actions={actions.filter(({ performed }) => !performed)} />
        <h2>Done in Jumpkit</h2>
        <Rows rows={rows} actions={actions.filter(({ performed }) => performed)} />
        <h2>Signatures</h2>
        <ul className="policy-signatures">
          {signatures.map((name) => (
            <li key={name}>
              <span>{name}</span>
              <span className="meta">by hand, where paper has to be signed; date</span>
            </li>
          ))}
        </ul>
        <p className="meta">
          Printed by {person.name}, {person.title}, {utcText(at)}.
        </p>
      </article>
    </div>
  );
}

function Rows({
  rows,
  actions,
}: {
  readonly rows: readonly PolicyRow[];
  readonly actions: PolicyAnswer["actions"];
}) {
  return (
    <dl className="policy-clauses">
      {actions.map(({ id, title, absolute }) => {
        const row = rows.find((each) => each.action === id);
        return (
          <div key={id}>
            <dt>{title}</dt>
            <dd>{row?.clause ?? "This version says nothing about it, so nobody might."}</dd>
            {row === undefined ? null : (
              <dd className="policy-grants-said">
                {absolute ? "Forbidden to everybody, always." : grantsSaid(row)}
                {row.breakGlass === true ? " The glass may be broken." : ""}
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

/** A row in words: roles with the same grant together, those that may most first. */
function grantsSaid(row: PolicyRow): string {
  const said = new Map<string, string[]>();
  for (const effect of ["permitted", "approval", "forbidden"] as const) {
    for (const role of ROLE_ORDER) {
      const grant = row.grants[role];
      if (grant.effect !== effect) continue;
      const words = grantText(grant);
      said.set(words, [...(said.get(words) ?? []), ROLE_WORDS[role]]);
    }
  }
  return [...said].map(([words, roles]) => `${roles.join(", ")}: ${words}.`).join(" ");
}
