import "../../contain/containment-page.css";
import "./advisory.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { type AdvisoryRow, advisoriesQuery } from "./advisory-queries.ts";
import { AdvisoryTag } from "./advisory-words.tsx";

/** Advisories to the constituency, the one that changed last first. */
export function AdvisoriesPage() {
  const answer = useQuery(advisoriesQuery);
  const writes = useMay("log.write");
  const navigate = useNavigate();
  const items = answer.data ?? [];
  const at = useListKeys(items.length, (place) => {
    const item = items[place];
    if (item) void navigate({ to: "/advisories/$advisory", params: { advisory: item.id } });
  });
  const draft = writes ? (
    <Link to="/advisories/draft" className={buttonLooks({ weight: "primary" })}>
      Draft an advisory
    </Link>
  ) : null;
  return (
    <>
      <PageHead title="Advisories" under="What the constituency is told, by one team, once">
        {items.length > 0 ? draft : null}
      </PageHead>
      <div className="containment">
        <Load answer={answer} label="the advisories" rows={6}>
          {(advisories) =>
            advisories.length === 0 ? (
              <EmptyState title="Nothing was advised yet" verb={draft}>
                A weakness that many of your constituents have is told to all of them in the same words: one
                person writes the advisory, another approves it, and it is sent to the groups you choose, with
                the delivery to each on the record.
              </EmptyState>
            ) : (
              <ul className="isolation-list">
                {advisories.map((each, place) => (
                  <li key={each.id}>
                    <Row advisory={each} active={place === at} />
                  </li>
                ))}
              </ul>
            )
          }
        </Load>
      </div>
    </>
  );
}

function Row({ advisory, active }: { readonly advisory: AdvisoryRow; readonly active: boolean }) {
  const { id, ref, title, marking, severity, state, version, by, at, sentTo, failed } = advisory;
  return (
    <Link
      to="/advisories/$advisory"
      params={{ advisory: id }}
      className={active ? "isolation-row active" : "isolation-row"}
    >
      <span>
        <strong>{title}</strong> <span className="meta mono reference">{ref}</span>
      </span>
      <span className="tags">
        <AdvisoryTag state={state} />
        {failed === 0 ? null : (
          <Tag tone="critical" shape="triangle">
            {`${failed} may not have left`}
          </Tag>
        )}
        <TlpLabel label={marking} />
      </span>
      <span className="meta">
        {`${severity} · version ${version} · ${by}, `}
        <Moment at={at} utcOnly />
        {sentTo === 0 ? "" : ` · sent to ${sentTo}`}
      </span>
    </Link>
  );
}
