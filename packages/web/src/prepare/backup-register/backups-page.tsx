import "../../ui/table.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useNameOf, useNowAnswer } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { BackupPanel } from "./backup-panel.tsx";
import { type Backup, backupsQuery } from "./backup-queries.ts";
import { BackupTags } from "./backup-tags.tsx";
import { RegisterPanel } from "./register-panel.tsx";

/** What is backed up where and how often, when it last ran, and when restoring it was last proved. */
export function BackupsPage() {
  const { open } = useSearch({ from: "/in/backups" });
  const navigate = useNavigate();
  const answer = useQuery(backupsQuery);
  const look = (next: string | undefined) => void navigate({ to: "/backups", search: { open: next } });
  const mayManage = useNowAnswer().may.some(
    (row) => row.action === "backup.manage" && row.effect === "permitted",
  );
  const backups = answer.data ?? [];
  useListKeys(backups.length, (at) => look(backups[at]?.id));
  const chosen = backups.find((backup) => backup.id === open);
  const leave = () => look(undefined);
  const panel = chosen ? (
    <BackupPanel key={chosen.id} backup={chosen} mayManage={mayManage} onClose={leave} />
  ) : (
    open === "add" && mayManage && <RegisterPanel onClose={leave} />
  );
  const add = (
    <Button weight={open ? "quiet" : "primary"} onClick={() => look("add")}>
      Register a backup
    </Button>
  );
  return (
    <Side panel={panel}>
      <PageHead title="Backups" under="A backup is proved by restoring it, not by having run.">
        <Link to="/hosts" className={buttonLooks({ weight: "plain" })}>
          Hosts
        </Link>
        {mayManage && backups.length > 0 ? add : null}
      </PageHead>
      <Load answer={answer} label="the backups" rows={5}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No backup is registered" verb={mayManage ? add : null}>
              Say what is copied where and how often. A backup program reports its runs with a token:{" "}
              <code>jumpkit call backup.report</code>
            </EmptyState>
          ) : (
            <Table backups={items} />
          )
        }
      </Load>
    </Side>
  );
}

function Table({ backups }: { readonly backups: readonly Backup[] }) {
  const nameOf = useNameOf();
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Last good run</th>
            <th scope="col">Last restore trial</th>
            <th scope="col">Owner</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <tr key={backup.id}>
              <td>
                <Link to="/backups" search={{ open: backup.id }}>
                  {backup.name}
                </Link>
              </td>
              <td className="mono">{backup.points[0] ? utcText(backup.points[0].takenAt) : "never ran"}</td>
              <td>
                {backup.lastTrial ? (
                  <>
                    <span className="mono">{utcText(backup.lastTrial.at)}</span>{" "}
                    <span className="meta">{backup.lastTrial.result}</span>
                  </>
                ) : (
                  "never tried"
                )}
              </td>
              <td>{nameOf(backup.owner) ?? "nobody"}</td>
              <td>
                <BackupTags backup={backup} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
