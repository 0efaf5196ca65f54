import "./advisory.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { Load } from "../../shell/load.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { LetterText } from "../notify/letter-text.tsx";
import { DropReply } from "../reply/drop-reply.tsx";
import { RepliesToAdvisory } from "../reply/replies-of.tsx";
import { AdvisedMail } from "./advised-mail.tsx";
import { AdvisoryChanges } from "./advisory-changes.tsx";
import { type AdvisoryShown, advisoryQuery } from "./advisory-queries.ts";
import { AdvisoryWaiting } from "./advisory-waiting.tsx";
import { AdvisoryTag, groupText, KINDS } from "./advisory-words.tsx";

type Of = { readonly advisory: AdvisoryShown };

/** One advisory: what waits to be approved or sent, and every version with what became of each mail. */
export function AdvisoryPage() {
  const { advisory: id } = useParams({ from: "/in/advisories/$advisory" });
  const answer = useQuery(advisoryQuery(id));
  return (
    <Load answer={answer} label="the advisory" rows={12}>
      {(advisory) => (
        <>
          <PageHead title={advisory.title} under={`${advisory.ref}, by ${advisory.by}`}>
            <AdvisoryTag state={advisory.state} />
            <TlpLabel label={advisory.marking} />
          </PageHead>
          <div className="advisory">
            <About advisory={advisory} />
            <div className="advisory-words">
              {advisory.sent.length > 0 ? <RepliesToAdvisory advisory={advisory.id} /> : null}
              {advisory.state === "draft" || advisory.state === "approved" ? (
                <AdvisoryWaiting key={advisory.at} advisory={advisory} />
              ) : (
                <Latest advisory={advisory} />
              )}
            </div>
          </div>
        </>
      )}
    </Load>
  );
}

function About({ advisory }: Of) {
  const { draft, severity, sent, dropped } = advisory;
  const answers = useMay("log.write");
  const about = [
    `Severity ${severity}`,
    ...(draft.weaknesses.length > 0 ? [draft.weaknesses.join(", ")] : []),
    `to ${draft.groups.map(groupText).join("; ")}`,
  ];
  return (
    <section aria-label="About it">
      <Similar advisory={advisory} />
      <p className="meta">{about.join(" · ")}</p>
      {dropped === "" ? null : <p className="meta">{`Given up: ${dropped}`}</p>}
      <AdvisoryChanges advisory={advisory} />
      {sent.length > 0 && answers ? <DropReply on={{ advisory: advisory.id }} /> : null}
      {sent.toReversed().map((version) => (
        <Version
          key={version.version}
          advisory={advisory}
          version={version}
          latest={version === sent.at(-1)}
        />
      ))}
    </section>
  );
}

function Similar({ advisory: { similar } }: Of) {
  if (similar.length === 0) return null;
  return (
    <Notice tone="warn" title="About the same there is already:">
      {similar.map(({ id, ref, title, state }) => (
        <p key={id}>
          <Link to="/advisories/$advisory" params={{ advisory: id }}>{`${ref} ${title}`}</Link>
          {` (${state})`}
        </p>
      ))}
    </Notice>
  );
}

function Version({
  advisory,
  version,
  latest,
}: Of & {
  readonly version: AdvisoryShown["sent"][number];
  readonly latest: boolean;
}) {
  const { kind, by, approvedBy, at, advised } = version;
  return (
    <details open={latest}>
      <summary>{`${KINDS[kind]} ${version.version}: sent to ${advised.length}`}</summary>
      <p className="meta">
        {`By ${by}, approved by ${approvedBy || "(withheld)"}, `}
        <Moment at={at} utcOnly />
      </p>
      <ul className="advised">
        {advised.map((mail) => (
          <li key={mail.contact}>
            <AdvisedMail advisory={advisory} version={version.version} latest={latest} mail={mail} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Latest({ advisory }: Of) {
  const last = advisory.sent.at(-1);
  if (last === undefined) return null;
  return (
    <section aria-label="As it was sent">
      <h2>{`${KINDS[last.kind]} ${last.version}, as it was sent`}</h2>
      <LetterText text={last.message} />
      <p className="meta">
        {"SHA-256 of what it says: "}
        <Digest value={last.sha256} label="sha256 of what it says" />
      </p>
    </section>
  );
}
