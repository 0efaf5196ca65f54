import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { browserName } from "./browser-name.ts";
import { sessionsQuery } from "./own-queries.ts";

/** Where one is signed in, and the way to end what should not be. */
export function SessionsSection() {
  const client = useQueryClient();
  const { data: sessions = [] } = useQuery(sessionsQuery);
  const revoke = useChange("session.revoke", "session", () =>
    client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  );
  return (
    <section aria-label="Where you are signed in">
      <h2>Where you are signed in</h2>
      <ul className="own-things">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              <strong>{browserName(session.agent)}</strong>
              <span className="meta">
                <span className="mono">{session.address}</span> · since <Moment at={session.beganAt} /> · last
                used <Moment at={session.seenAt} />
              </span>
            </span>
            {session.current ? (
              <Tag>this one</Tag>
            ) : (
              <Button onClick={() => revoke.mutate({ session: session.id })} disabled={revoke.isPending}>
                End it
              </Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalNotice fault={revoke.error} />
    </section>
  );
}
