import "../../ui/table.css";
import "./playbooks-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { labelIn, VECTORS } from "../../detect/incident/words.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Side } from "../../ui/side.tsx";
import { Tag } from "../../ui/tag.tsx";
import { type Library, type PlaybookContent, playbooksQuery } from "./playbook-queries.ts";

/** The library: the playbooks in force here, and those that ship and wait to be adopted. */
export function PlaybooksPage() {
  const answer = useQuery(playbooksQuery);
  const open = useMatchRoute()({ to: "/playbooks" }) === false;
  const mayManage = useMay("playbook.manage");
  return (
    <Side panel={open ? <Outlet /> : null}>
      <PageHead title="Playbooks" under="What to do, in which order, for the incidents that one can foresee.">
        {mayManage ? (
          <Link to="/playbooks/add" className={buttonLooks({ weight: open ? "quiet" : "primary" })}>
            Write one
          </Link>
        ) : null}
      </PageHead>
      <Load answer={answer} label="the library" rows={8}>
        {({ items, shipped }) => (
          <>
            {items.length === 0 ? (
              <EmptyState title="No playbook is in force">
                Adopt what ships with one press, then make it yours. An incident gets those that suit its
                vector.
              </EmptyState>
            ) : (
              <InLibrary items={items} />
            )}
            {shipped.length > 0 ? <Shipped shipped={shipped} mayManage={mayManage} /> : null}
          </>
        )}
      </Load>
    </Side>
  );
}

function InLibrary({ items }: { readonly items: Library["items"] }) {
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Playbook</th>
            <th scope="col">For</th>
            <th scope="col">Steps</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {items.map((playbook) => {
            const content = playbook.inForce ?? playbook.draft;
            return content === null ? null : (
              <tr key={playbook.id}>
                <td>
                  <Link to="/playbooks/$playbook" params={{ playbook: playbook.id }}>
                    {content.title}
                  </Link>
                </td>
                <td>{vectorsText(content)}</td>
                <td>{content.steps.length}</td>
                <td>
                  <StatusOf playbook={playbook} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a playbook is in force, and whether a draft of its next version waits. */
export function StatusOf({ playbook }: { readonly playbook: Library["items"][number] }) {
  if (playbook.status === "retired") return <Tag shape="cross">Retired</Tag>;
  if (playbook.version === 0) {
    return (
      <Tag tone="warn" shape="frame">
        Draft
      </Tag>
    );
  }
  return (
    <span className="playbook-status">
      <Tag tone="ok" shape="check">{`In force, version ${playbook.version}`}</Tag>
      {playbook.draft ? (
        <Tag tone="warn" shape="frame">
          Draft of the next
        </Tag>
      ) : null}
    </span>
  );
}

/** The vectors that a playbook is suggested for, in words. */
export function vectorsText({ vectors }: Pick<PlaybookContent, "vectors">): string {
  if (vectors.length === 0) return "Every incident";
  return vectors.map((vector) => labelIn(VECTORS, vector)).join(", ");
}

function Shipped({
  shipped,
  mayManage,
}: {
  readonly shipped: Library["shipped"];
  readonly mayManage: boolean;
}) {
  const adopt = useChange("playbook.adopt", undefined);
  return (
    <section className="shipped" aria-label="Ships with Jumpkit">
      <h2>Ships with Jumpkit</h2>
      <RefusalNotice fault={adopt.error} />
      <ul>
        {shipped.map(({ key, source, content }) => (
          <li key={key}>
            <div>
              <Link to="/playbooks/$playbook" params={{ playbook: key }}>
                {content.title}
              </Link>
              <p className="meta">
                {content.steps.length} steps · {vectorsText(content)} · {source}
              </p>
            </div>
            {mayManage ? (
              <Button disabled={adopt.isPending} onClick={() => adopt.mutate({ shipped: key })}>
                Adopt
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
