import { useId, useState } from "react";
import { useChange } from "../api/use-change.ts";
import { ROLE_WORDS } from "../prepare/people/role-words.ts";
import { useWhyNot } from "../shell/authority-actions.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceField } from "../ui/choice-field.tsx";
import { Facts } from "../ui/facts.tsx";
import { Form } from "../ui/form.tsx";
import { Moment } from "../ui/moment.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { Shape } from "../ui/shape.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { Verbs } from "../ui/verbs.tsx";
import type { RecoveringHost } from "./recovery-queries.ts";
import { STAGE_WORDS } from "./recovery-words.ts";

/** Back on the network: locked with what is missing, or the one next step that is left. */
export function WaySection({ host, open }: { readonly host: RecoveringHost; readonly open: boolean }) {
  return (
    <section className="panel-section" aria-label="Network">
      <h3>Network</h3>
      <Facts
        of={[
          ["Back since", host.reconnected ? <Moment key="r" at={host.reconnected.at} /> : ""],
          ["By", host.reconnected?.by.name ?? ""],
          ["Watched", host.watched ? `${host.watched.how} (${host.watched.by.name})` : ""],
          [
            "Ended",
            host.end
              ? `${STAGE_WORDS[host.stage]}, ${host.end.by.name}${host.end.reason ? `: ${host.end.reason}` : ""}`
              : "",
          ],
        ]}
      />
      {open && host.end === null ? <NextStep host={host} /> : null}
    </section>
  );
}

function NextStep({ host }: { readonly host: RecoveringHost }) {
  if (host.connected === "none") return <Reconnect host={host} where="inside" />;
  return (
    <>
      {host.missing.length > 0 ? <Missing host={host} /> : null}
      {host.watched === null ? <WatchForm host={host} /> : <Release host={host} />}
      {host.connected === "inside" ? <Reconnect host={host} where="outside" /> : null}
    </>
  );
}

function Missing({ host, id }: { readonly host: RecoveringHost; readonly id?: string }) {
  const who = host.mayWaive.map((role) => ROLE_WORDS[role].toLowerCase()).join(", ");
  return (
    <div className="missing" id={id}>
      <p>
        <Shape of="ring" /> Missing: {host.missing.join(", ")}.
      </p>
      {who === "" ? null : (
        <p className="meta">A gate is waived by: {who}. Steps of eradication never are.</p>
      )}
    </div>
  );
}

/** The button that stays locked and says why. */
function Reconnect({ host, where }: { readonly host: RecoveringHost; readonly where: "inside" | "outside" }) {
  const says = useId();
  const reconnect = useChange("recovery.reconnect", "host");
  const whyNot = useWhyNot()("host.reconnect");
  const locked = host.missing.length > 0;
  return (
    <div className="reconnect-verb">
      {locked && where === "inside" ? <Missing host={host} id={says} /> : null}
      <RefusalNotice fault={reconnect.error} />
      <Verbs>
        <Button
          weight={where === "inside" ? "primary" : "quiet"}
          large={where === "inside"}
          aria-disabled={locked}
          aria-describedby={locked ? says : undefined}
          title={locked ? `Missing: ${host.missing.join(", ")}` : undefined}
          disabled={reconnect.isPending || locked}
          onClick={() => reconnect.mutate({ host: host.id, where })}
        >
          Reconnect {host.name} {where}
        </Button>
      </Verbs>
      {whyNot === undefined || locked ? null : <p className="meta">{whyNot}</p>}
    </div>
  );
}

function WatchForm({ host }: { readonly host: RecoveringHost }) {
  const [found, setFound] = useState<"nothing" | "something">();
  const [how, setHow] = useState("");
  const watch = useChange("recovery.watch", "host", () => setHow(""));
  return (
    <Form
      verb="Record the watch"
      ready={found !== undefined && how.trim() !== ""}
      pending={watch.isPending}
      fault={watch.error}
      says={found === "something" ? "Then take it back to analysis, below." : undefined}
      onSubmit={() => {
        if (found !== undefined) watch.mutate({ host: host.id, found, how });
      }}
    >
      <ChoiceField
        label="Watched since its return, and found"
        choices={[
          { value: "nothing", label: "Nothing" },
          { value: "something", label: "Something" },
        ]}
        value={found}
        onChange={setFound}
      />
      <TextArea
        label="What was watched, how long, and what was seen"
        minRows={2}
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
      />
    </Form>
  );
}

function Release({ host }: { readonly host: RecoveringHost }) {
  const release = useChange("recovery.release", "host");
  return (
    <>
      <RefusalNotice fault={release.error} />
      <Verbs>
        <Button
          weight="primary"
          disabled={release.isPending || host.missing.length > 0}
          onClick={() =>
            release.mutate({
              host: host.id,
              note: host.connected === "inside" ? "It stays off the Internet" : "",
            })
          }
        >
          {host.connected === "inside" ? "Release it, off the Internet" : "Release it"}
        </Button>
        <span className="meta">Its way back ends here.</span>
      </Verbs>
    </>
  );
}
