import "../../ui/table.css";
import "./networks-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMay, useNameOf } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { ConstituentPanel, SegmentPanel, TeamPanel } from "./network-panels.tsx";
import { constituentsQuery, segmentsQuery, teamsQuery } from "./register-queries.ts";

/** Teams, the parts of the network each of them handles, and those served there. */
export function NetworksPage() {
  const { open } = useSearch({ from: "/in/networks" });
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/networks" });
  useKey("escape", open === undefined ? undefined : leave);
  const mayManage = useMay("asset.manage");
  return (
    <Side panel={open === undefined ? null : <OpenPanel open={open} onClose={leave} />}>
      <PageHead
        title="Networks and teams"
        under="Which team handles what arises where. A sign finds its team by the longest range that holds its address."
      >
        <Link to="/hosts" className={buttonLooks({ weight: "plain" })}>
          Hosts
        </Link>
      </PageHead>
      <div className="networks">
        <Segments mayManage={mayManage} />
        <Teams mayManage={mayManage} />
        <Constituents mayManage={mayManage} />
      </div>
    </Side>
  );
}

function OpenPanel({ open, onClose }: { readonly open: string; readonly onClose: () => void }) {
  const [noun, id = "add"] = open.split(":", 2);
  if (noun === "team") return <TeamPanel key={open} id={id} onClose={onClose} />;
  if (noun === "constituent") return <ConstituentPanel key={open} id={id} onClose={onClose} />;
  return <SegmentPanel key={open} id={id} onClose={onClose} />;
}

function Segments({ mayManage }: { readonly mayManage: boolean }) {
  const answer = useQuery(segmentsQuery);
  return (
    <Section title="Segments" add={mayManage ? "segment" : undefined}>
      <Load answer={answer} label="segments" rows={3}>
        {(segments) => (
          <Rows
            none="No part of the network is known yet."
            head={["Name", "Ranges", "Constituent", "Team"]}
            rows={segments.map((each) => ({
              id: `segment:${each.id}`,
              cells: [
                `${each.name}${each.production ? " · production" : ""}`,
                <span key="ranges" className="mono">
                  {each.ranges.join(", ")}
                </span>,
                each.constituentName,
                each.teamName,
              ],
            }))}
          />
        )}
      </Load>
    </Section>
  );
}

function Teams({ mayManage }: { readonly mayManage: boolean }) {
  const answer = useQuery(teamsQuery);
  const nameOf = useNameOf();
  return (
    <Section title="Teams" add={mayManage ? "team" : undefined}>
      <Load answer={answer} label="teams" rows={3}>
        {(teams) => (
          <Rows
            none="No team yet: everybody sees what arises anywhere."
            head={["Name", "Kind", "Members"]}
            rows={teams.map((each) => ({
              id: `team:${each.id}`,
              cells: [
                each.name,
                each.kind === "coordinating" ? "coordinating: reads and advises where let in" : "ordinary",
                each.members.map((member) => nameOf(member) ?? "somebody").join(", "),
              ],
            }))}
          />
        )}
      </Load>
    </Section>
  );
}

function Constituents({ mayManage }: { readonly mayManage: boolean }) {
  const answer = useQuery(constituentsQuery);
  return (
    <Section title="Constituents" add={mayManage ? "constituent" : undefined}>
      <Load answer={answer} label="constituents" rows={3}>
        {(constituents) => (
          <Rows
            none="Nobody is named yet: departments, companies or customers that the team serves."
            head={["Name", "Notes"]}
            rows={constituents.map((each) => ({
              id: `constituent:${each.id}`,
              cells: [each.name, each.notes],
            }))}
          />
        )}
      </Load>
    </Section>
  );
}

function Section({
  title,
  add,
  children,
}: {
  readonly title: string;
  readonly add: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="networks-head">
        <h2>{title}</h2>
        {add ? (
          <Link to="/networks" search={{ open: `${add}:add` }} className={buttonLooks({})}>
            Add a {add}
          </Link>
        ) : null}
      </div>
      {children}
    </section>
  );
}

function Rows({
  head,
  rows,
  none,
}: {
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<{ readonly id: string; readonly cells: readonly ReactNode[] }>;
  readonly none: string;
}) {
  if (rows.length === 0) return <p className="networks-none quiet">{none}</p>;
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            {head.map((word) => (
              <th scope="col" key={word}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [name, ...rest] }) => (
            <tr key={id}>
              <td>
                <Link to="/networks" search={{ open: id }}>
                  <bdi>{name}</bdi>
                </Link>
              </td>
              {rest.map((cell, at) => (
                <td key={head[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
