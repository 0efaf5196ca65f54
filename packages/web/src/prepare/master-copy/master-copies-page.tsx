import "../../ui/table.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useNowAnswer } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { CopyPanel } from "./copy-panel.tsx";
import { CopyTags } from "./copy-tags.tsx";
import { type MasterCopy, masterCopiesQuery } from "./master-copy-queries.ts";

/** Which hosts have a master copy, who stands for it, how old it is, and what the last check of the host found. */
export function MasterCopiesPage() {
  const { open } = useSearch({ from: "/in/master-copies" });
  const navigate = useNavigate();
  const answer = useQuery(masterCopiesQuery);
  const look = (next: string | undefined) => void navigate({ to: "/master-copies", search: { open: next } });
  const mayManage = useNowAnswer().may.some(
    (row) => row.action === "mastercopy.manage" && row.effect === "permitted",
  );
  const copies = answer.data ?? [];
  useListKeys(copies.length, (at) => look(copies[at]?.id));
  const chosen = copies.find((copy) => copy.id === open);
  const panel = chosen && (
    <CopyPanel key={chosen.id} copy={chosen} mayManage={mayManage} onClose={() => look(undefined)} />
  );
  return (
    <Side panel={panel}>
      <PageHead
        title="Master copies"
        under="What each host was while it was sound. One person registers, another approves."
      >
        <Link to="/hosts" className={buttonLooks({ weight: "plain" })}>
          Hosts
        </Link>
      </PageHead>
      <Load answer={answer} label="the master copies" rows={5}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No master copy is registered" verb={null}>
              Make one on a sound host, have two people sign it, and register it with a token:{" "}
              <code>jumpkit master-copy register www3.manifest.gz</code>
            </EmptyState>
          ) : (
            <Table copies={items} />
          )
        }
      </Load>
    </Side>
  );
}

function Table({ copies }: { readonly copies: readonly MasterCopy[] }) {
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Host</th>
            <th scope="col">Version</th>
            <th scope="col">Rely on it until</th>
            <th scope="col">Last check</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {copies.map((copy) => (
            <tr key={copy.id}>
              <td>
                <Link to="/master-copies" search={{ open: copy.id }}>
                  {copy.name}
                </Link>
              </td>
              <td>{`version ${copy.version}`}</td>
              <td>
                <span className="meta cards-only">until</span>{" "}
                <span className="mono">{utcText(copy.expiresAt)}</span>
              </td>
              <td>
                {copy.lastCheck === null ? (
                  "never checked"
                ) : (
                  <>
                    <span className="meta cards-only">checked</span>{" "}
                    <span className="mono">{utcText(copy.lastCheck.at)}</span>{" "}
                    <span className="meta">{copy.lastCheck.verdict}</span>
                  </>
                )}
              </td>
              <td>
                <CopyTags copy={copy} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
