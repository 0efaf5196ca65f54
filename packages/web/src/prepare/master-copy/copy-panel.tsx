import { sizeText } from "@jumpkit/core";
import { useState } from "react";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Button } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { Panel } from "../../ui/panel.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { CopyFetches } from "./copy-fetches.tsx";
import { CopyFindings } from "./copy-findings.tsx";
import { FetchForm, RetireForm, ReviewForm } from "./copy-forms.tsx";
import { CopyTags } from "./copy-tags.tsx";
import type { MasterCopy } from "./master-copy-queries.ts";

type Doing = "review" | "fetch" | "retire" | undefined;

/** One master copy: who stands for it, where it is, and what the checks of its host found. */
export function CopyPanel({
  copy,
  mayManage,
  onClose,
}: {
  readonly copy: MasterCopy;
  readonly mayManage: boolean;
  readonly onClose: () => void;
}) {
  const me = useNowAnswer().person;
  const [doing, setDoing] = useState<Doing>();
  const done = () => setDoing(undefined);
  const approve = useChange("mastercopy.approve", "copy");
  useKey("escape", onClose);
  const { review, approval } = copy;
  const isMine = copy.registered.byId === me.id;
  const awaits = approval === null && review !== null && review.result !== "suspicious";
  return (
    <Panel title={`${copy.name}, version ${copy.version}`} onClose={onClose}>
      <CopyTags copy={copy} />
      {mayManage && doing === undefined ? (
        <Verbs>
          {awaits && !isMine ? (
            <Button
              weight="primary"
              disabled={approve.isPending}
              onClick={() => approve.mutate({ copy: copy.id })}
            >
              Approve it
            </Button>
          ) : null}
          {approval !== null ? (
            <Button weight="primary" onClick={() => setDoing("fetch")}>
              Fetch it
            </Button>
          ) : null}
          <Button onClick={() => setDoing("review")}>It was reviewed</Button>
          <Button weight="plain" onClick={() => setDoing("retire")}>
            Retire it
          </Button>
        </Verbs>
      ) : null}
      {awaits && isMine ? <p className="quiet">You registered it. Somebody else has to approve it.</p> : null}
      <RefusalNotice fault={approve.error} />
      {doing === "review" ? <ReviewForm copy={copy} onDone={done} /> : null}
      {doing === "fetch" ? <FetchForm copy={copy} onDone={done} /> : null}
      {doing === "retire" ? <RetireForm copy={copy} onDone={onClose} /> : null}
      <Facts
        of={[
          ["Entries", copy.entryCount.toLocaleString("en")],
          ["File", <FileText key="f" copy={copy} />],
          ["Signed by", `${copy.preparedBy}, approved by ${copy.approvedBy}`],
          ["Registered", `${utcText(copy.registered.at)} by ${copy.registered.by}`],
          ["Reviewed", review === null ? "not yet" : reviewText(review)],
          ["Approved", approval === null ? "not yet" : `${utcText(approval.at)} by ${approval.by}`],
          ["Renew from", <Moment key="r" at={copy.renewFrom} />],
          ["SHA-256", `${copy.manifestSha256.slice(0, 16)}…`],
        ]}
      />
      {review?.note ? <ReviewNote note={review.note} /> : null}
      <CopyFindings copy={copy} mayManage={mayManage} />
      <CopyFetches copy={copy} />
    </Panel>
  );
}

/** Whether the manifest itself is kept here, and how large it is; otherwise that only its place is known. */
function FileText({ copy: { file } }: { readonly copy: MasterCopy }) {
  if (file === null) return "not kept here; whoever fetches it is told where it is";
  return `${file.fileName}, ${sizeText(file.sizeBytes)}, kept here since ${utcText(file.at)}`;
}

/** What the scanners said, line by line, as the record keeps it. */
function ReviewNote({ note }: { readonly note: string }) {
  const lines = note.split("\n").map((text, at) => ({ key: `${at} ${text}`, text }));
  return (
    <section className="panel-section" aria-label="Review">
      <h3>Review</h3>
      <ul className="fact-items">
        {lines.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function reviewText({ result, engine, signaturesOf, at, by }: NonNullable<MasterCopy["review"]>): string {
  const found = result === "digests_only" ? "digests only" : result;
  const signatures = signaturesOf === "" ? "" : `, signatures of ${signaturesOf}`;
  return `${found}, ${engine}${signatures}; ${utcText(at)} by ${by}`;
}
