import { useLink } from "../api/live.ts";
import { durationText } from "../ui/moment-text.ts";
import { Shape } from "../ui/shape.tsx";
import { useNow } from "./now.ts";

/** Says whether what is on screen follows the server, and for how long it has not. */
export function LinkState() {
  const link = useLink();
  if (link.state === "lost") return <Lost since={link.since} />;
  const live = link.state === "live";
  return (
    <span className={live ? "link-state live" : "link-state"} role="status">
      <Shape of={live ? "disc" : "ring"} /> <span className="word">{live ? "Live" : "Connecting"}</span>
    </span>
  );
}

function Lost({ since }: { readonly since: number }) {
  const now = useNow();
  return (
    <span className="link-state lost">
      <span role="status">
        <Shape of="dots" /> <span className="word">Reconnecting</span>
      </span>{" "}
      {durationText(now - since)}
    </span>
  );
}
