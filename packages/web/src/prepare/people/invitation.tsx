import { CopyButton } from "../../ui/copy-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";

/** The link by which somebody chooses their passphrase. It is shown once and can be made anew. */
export function Invitation({
  path,
  expiresAt,
}: {
  readonly path: string | null;
  readonly expiresAt: string;
}) {
  if (path === null) {
    return (
      <section className="panel-section" aria-label="Invitation">
        <Notice tone="warn" title="The link was made, but its answer got lost">
          It is told only once. Make a new invitation; the lost one then ends.
        </Notice>
      </section>
    );
  }
  const link = new URL(path, location.origin).href;
  return (
    <section className="panel-section" aria-label="Invitation">
      <Notice tone="ok" title="Give them this link, by a channel you trust">
        It works once, until <Moment at={expiresAt} />. It is shown only now.
      </Notice>
      <p className="invitation">
        <code>{link}</code>
        <CopyButton text={link} label="Copy the link" />
      </p>
    </section>
  );
}
