import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { utcText } from "../../ui/moment-text.ts";
import type { Asset } from "../register/register-queries.ts";
import { CopyTags } from "./copy-tags.tsx";
import { type MasterCopy, masterCopiesQuery, newestOfEach } from "./master-copy-queries.ts";

/** The newest master copy of a host, and what its last check found. */
export function CopyOfAsset({ asset }: { readonly asset: Asset }) {
  const { data } = useQuery(masterCopiesQuery);
  if (data === undefined || asset.kind !== "host") return null;
  const copy = newestOfEach(data).find((each) => isOf(each, asset));
  return (
    <section className="panel-section" aria-label="Master copy">
      <h3>Master copy</h3>
      {copy === undefined ? (
        <p className="quiet">
          None is registered. <Link to="/master-copies">Master copies</Link> tell what a host was while it was
          sound.
        </p>
      ) : (
        <>
          <CopyTags copy={copy} />
          <p>
            <Link to="/master-copies" search={{ open: copy.id }}>
              {`Version ${copy.version}`}
            </Link>
            , {lastCheckText(copy)}
          </p>
        </>
      )}
    </section>
  );
}

function lastCheckText({ lastCheck, openCount }: MasterCopy): string {
  if (lastCheck === null) return "never compared with the host.";
  const sealed = lastCheck.seal === null ? "" : `, sealed by ${lastCheck.seal.sealedBy}`;
  return `last compared ${utcText(lastCheck.at)}${sealed}: ${openCount} open, ${lastCheck.explainedCount} explained.`;
}

function isOf(copy: MasterCopy, { id, name, otherNames }: Asset): boolean {
  const called = copy.name.toLowerCase();
  return copy.asset === id || [name, ...otherNames].some((each) => each.toLowerCase() === called);
}
