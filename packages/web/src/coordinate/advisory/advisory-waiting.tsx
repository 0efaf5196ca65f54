import { useQuery } from "@tanstack/react-query";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { LetterText } from "../notify/letter-text.tsx";
import { type AdvisoryPreview, type AdvisoryShown, advisoryPreviewQuery } from "./advisory-queries.ts";
import { KINDS, NOT_ADVISED } from "./advisory-words.tsx";

type Of = { readonly advisory: AdvisoryShown };

/** A version that waits: exactly as it will arrive, who gets it and who does not, and the next step. */
export function AdvisoryWaiting({ advisory }: Of) {
  const answer = useQuery(advisoryPreviewQuery(advisory.id));
  return (
    <section aria-label="As it will arrive">
      <h2>{`${KINDS[advisory.kind]} ${advisory.version}, exactly as it will arrive`}</h2>
      <Load answer={answer} label="the advisory" rows={10}>
        {(preview) => (
          <>
            <Step advisory={advisory} preview={preview} />
            <WhoGets preview={preview} />
            {preview.text === "" ? null : <LetterText text={preview.text} />}
            {preview.mail === "" ? null : (
              <details>
                <summary>The bytes of the first mail</summary>
                <LetterText text={preview.mail} label="The bytes" />
              </details>
            )}
          </>
        )}
      </Load>
    </section>
  );
}

function Step({ advisory, preview }: Of & { readonly preview: AdvisoryPreview }) {
  const { approved, mine } = advisory;
  if (preview.hinders !== null) {
    return (
      <Notice tone="warn" title={preview.hinders.message}>
        {preview.hinders.next}
      </Notice>
    );
  }
  if (approved !== null) return <Send advisory={advisory} preview={preview} />;
  if (mine) {
    return (
      <Notice tone="info" title="It waits for a second person">
        You wrote it, so somebody else looks at it and approves it.
      </Notice>
    );
  }
  return <Approve advisory={advisory} preview={preview} />;
}

function Approve({ advisory, preview }: Of & { readonly preview: AdvisoryPreview }) {
  const approve = useChange("advisory.approve", "advisory");
  return (
    <>
      <RefusalNotice fault={approve.error} />
      <Verbs>
        <Button
          weight="primary"
          disabled={approve.isPending}
          onClick={() => approve.mutate({ advisory: advisory.id, sha256: preview.saying })}
        >
          Approve these words
        </Button>
        <span className="meta">Nothing leaves by approving.</span>
      </Verbs>
    </>
  );
}

function Send({ advisory, preview }: Of & { readonly preview: AdvisoryPreview }) {
  const send = useChange("advisory.send", "advisory");
  const { approved, id } = advisory;
  const count = preview.to.length === 1 ? "one contact" : `${preview.to.length} contacts`;
  return (
    <>
      <p className="meta">
        {`Approved by ${approved?.by ?? ""}, `}
        <Moment at={approved?.at ?? advisory.at} utcOnly />
      </p>
      <RefusalNotice fault={send.error} />
      <Verbs>
        <Button
          weight="primary"
          disabled={send.isPending}
          onClick={() => send.mutate({ advisory: id, sha256: preview.sha256 })}
        >
          {`Send it to ${count}`}
        </Button>
        <span className="meta">It leaves the house and cannot be taken back.</span>
      </Verbs>
    </>
  );
}

function WhoGets({ preview: { to, not, sha256 } }: { readonly preview: AdvisoryPreview }) {
  return (
    <>
      <details open={to.length <= 12}>
        <summary>{to.length === 1 ? "One contact gets it" : `${to.length} contacts get it`}</summary>
        <ul className="advised">
          {to.map(({ contact, name, organisation, key }) => (
            <li key={contact}>
              <span>{name}</span>
              <span className="meta">
                {[organisation, key ? "encrypted" : ""].filter((each) => each !== "").join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      </details>
      {not.length === 0 ? null : (
        <details open={not.length <= 12}>
          <summary>
            {not.length === 1 ? "One contact is left out" : `${not.length} contacts are left out`}
          </summary>
          <ul className="advised">
            {not.map(({ contact, name, because }) => (
              <li key={contact}>
                <span>{name}</span> <span className="meta">{NOT_ADVISED[because]}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {sha256 === "" ? null : (
        <p className="meta">
          {"SHA-256 over every mail: "}
          <Digest value={sha256} label="sha256 over every mail" />
        </p>
      )}
    </>
  );
}
