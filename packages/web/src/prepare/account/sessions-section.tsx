import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useChange } from "../../api/use-change.ts";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { browserName } from "./browser-name.ts";
import { sessionsQuery } from "./own-queries.ts";
import { OwnThing, OwnThings } from "./own-things.tsx";

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
      <OwnThings>
        {sessions.map((session) => (
          <OwnThing
            key={session.id}
            name={browserName(session.agent)}
            about={
              <span className="meta">
                <span className="mono">{session.address}</span> · since <Moment at={session.beganAt} /> · last
                used <Moment at={session.seenAt} />
              </span>
            }
            {...(session.current
              ? { instead: <Tag>this one</Tag> }
              : {
                  remove: {
                    label: "End it",
                    isPending: revoke.isPending,
                    run: () => revoke.mutate({ session: session.id }),
                  },
                })}
          />
        ))}
      </OwnThings>
      <RefusalNotice fault={revoke.error} />
    </section>
  );
}
