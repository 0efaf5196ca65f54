import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { AcceptForm } from "./copy-forms.tsx";
import type { MasterCopy } from "./master-copy-queries.ts";

/** What the last check of the host found, difference by difference, and what may listen on it. */
export function CopyFindings({
  copy,
  mayManage,
}: {
  readonly copy: MasterCopy;
  readonly mayManage: boolean;
}) {
  const [accepting, setAccepting] = useState<MasterCopy["open"][number]>();
  const { lastCheck, open, openCount, accepted } = copy;
  return (
    <>
      <section className="panel-section" aria-label="Last check">
        <h3>Last check</h3>
        {lastCheck === null ? (
          <p className="quiet">The host was never compared with it.</p>
        ) : (
          <p>
            {utcText(lastCheck.at)} by {lastCheck.by}: {openCount} open, {lastCheck.explainedCount} explained,{" "}
            {accepted.length} accepted.
          </p>
        )}
        {lastCheck ? <SealOf seal={lastCheck.seal} /> : null}
        <ul className="fact-items">
          {open.map((each) => (
            <li key={`${each.group} ${each.what} ${each.now}`}>
              <span className="mono">{each.what}</span> <span className="meta">{meaningOf(each)}</span>{" "}
              {mayManage && accepting === undefined ? (
                <Button weight="plain" aria-label={`Accept ${each.what}`} onClick={() => setAccepting(each)}>
                  Accept
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        {accepting ? (
          <>
            <h4 className="mono">{accepting.what}</h4>
            <AcceptForm copy={copy} difference={accepting} onDone={() => setAccepting(undefined)} />
          </>
        ) : null}
        {openCount > open.length ? <p className="quiet">And {openCount - open.length} more.</p> : null}
      </section>
      {copy.services.length > 0 ? <Services copy={copy} /> : null}
    </>
  );
}

/** Who sealed the check, and where it lies; an unsealed one is only as good as the token it came with. */
function SealOf({ seal }: { readonly seal: NonNullable<MasterCopy["lastCheck"]>["seal"] }) {
  if (seal === null) return <p className="quiet">It came unsealed, so it proves no gate.</p>;
  return (
    <p>
      Sealed by {seal.sealedBy}, made {utcText(seal.endedAt)}.{" "}
      {seal.item === null ? (
        "It is no item of evidence."
      ) : (
        <Link to="/evidence/$item" params={{ item: seal.item }}>
          Item of evidence
        </Link>
      )}
    </p>
  );
}

/** What kind of difference it is, with what stands there now; of a digest its beginning. */
function meaningOf({ group, now }: MasterCopy["open"][number]): string {
  if (now === "") return group;
  return `${group}, now ${/^[0-9a-f]{64}$/.test(now) ? `${now.slice(0, 12)}…` : now}`;
}

function Services({ copy }: { readonly copy: MasterCopy }) {
  return (
    <section className="panel-section" aria-label="Services">
      <h3>May listen</h3>
      <Lines of={copy.services} />
      <h3>Listens and may not</h3>
      {copy.unintended === null ? (
        <p className="quiet">The last check did not see what listens.</p>
      ) : (
        <Lines of={copy.unintended} />
      )}
    </section>
  );
}

function Lines({ of }: { readonly of: readonly string[] }) {
  if (of.length === 0) return <p className="quiet">Nothing.</p>;
  return (
    <ul className="fact-items">
      {of.map((text) => (
        <li key={text} className="mono">
          {text}
        </li>
      ))}
    </ul>
  );
}
