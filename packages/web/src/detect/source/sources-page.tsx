import "../../ui/table.css";
import "./sources-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TriangleAlert } from "../../ui/icons.ts";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { AddSourcePanel, SourcePanel } from "./source-panel.tsx";
import { type Source, sourcesQuery } from "./source-queries.ts";
import { healthOf, KIND_WORDS } from "./source-words.ts";

/** Where signs come from, and which of those places has fallen silent. */
export function SourcesPage() {
  const { open } = useSearch({ from: "/in/triage/sources" });
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/triage/sources" });
  useKey("escape", open === undefined ? undefined : leave);
  const answer = useQuery(sourcesQuery);
  const maySend = useMay("sign.send");
  return (
    <Side panel={open === undefined ? null : <OpenPanel open={open} maySend={maySend} onClose={leave} />}>
      <PageHead title="Sources" under="Where signs come from. Silence of a source is a finding.">
        {maySend ? (
          <Link
            to="/triage/sources"
            search={{ open: "add" }}
            className={buttonLooks({ weight: open ? "quiet" : "primary" })}
          >
            Add a source
          </Link>
        ) : null}
      </PageHead>
      <Load answer={answer} label="sources" rows={4}>
        {(sources) =>
          sources.length === 0 ? (
            <EmptyState title="No signs come in yet">
              Add a sensor, a web server's log, or anything that writes JSON or CSV, and send its file. From
              the shell: <code>jumpkit signs import FILE --source NAME</code>
            </EmptyState>
          ) : (
            <SourceTable sources={sources} />
          )
        }
      </Load>
    </Side>
  );
}

function OpenPanel({
  open,
  maySend,
  onClose,
}: {
  readonly open: string;
  readonly maySend: boolean;
  readonly onClose: () => void;
}) {
  const answer = useQuery(sourcesQuery);
  if (open === "add") return <AddSourcePanel onClose={onClose} />;
  return (
    <Load answer={answer} label="the source">
      {(sources) => {
        const source = sources.find((each) => each.id === open);
        return source ? (
          <SourcePanel key={open} source={source} maySend={maySend} onClose={onClose} />
        ) : (
          <EmptyState title="There is no such source" />
        );
      }}
    </Load>
  );
}

function SourceTable({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">State</th>
            <th scope="col">Last arrival</th>
            <th scope="col">Counted</th>
            <th scope="col">Could not be read</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id}>
              <td>
                <Link to="/triage/sources" search={{ open: source.id }}>
                  {source.name}
                </Link>
              </td>
              <td>{KIND_WORDS[source.reading.kind]}</td>
              <td>
                <Health source={source} />
              </td>
              <td>{source.lastArrivalAt === null ? "never" : <Moment at={source.lastArrivalAt} />}</td>
              <td>{source.events.toLocaleString("en")} events</td>
              <td>{source.unread.toLocaleString("en")} unread</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How a source is, in a word; with a mark when somebody should look. */
function Health({ source }: { readonly source: Source }) {
  const { words, needsLook } = healthOf(source);
  if (!needsLook) return words;
  return (
    <span className="source-silent">
      <Icon of={TriangleAlert} /> {words}
    </span>
  );
}
