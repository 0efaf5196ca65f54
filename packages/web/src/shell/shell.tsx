import "./shell.css";
import "./print.css";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useMatch, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { listenLive } from "../api/live.ts";
import { useNowAnswer } from "../api/queries.ts";
import { refresh } from "../api/query-client.ts";
import { IncidentInStrip } from "../detect/incident/incident-in-strip.tsx";
import { DemonstrationBand, ExerciseBand } from "../learn/exercise/exercise-band.tsx";
import { BrokenGlassBanner } from "../prepare/breakglass/broken-glass-banner.tsx";
import { AskContext, type AskFor } from "../ui/ask-context.ts";
import { ZoneContext } from "../ui/zone.ts";
import { listenForKeys, useKey } from "./keyboard.ts";
import { Palette } from "./palette.tsx";
import { usePaperDesign } from "./paper.ts";
import { Rail } from "./rail.tsx";
import { useShellActions } from "./shell-actions.ts";
import { Strip } from "./strip.tsx";

const AskConsent = lazy(() =>
  import("../prepare/approval/ask-consent.tsx").then((module) => ({ default: module.AskConsent })),
);
const KeyHelp = lazy(() => import("./key-help.tsx").then((module) => ({ default: module.KeyHelp })));

/** What is refused for want of consent offers to ask for it; the page around it stays while that is loaded. */
const AskWhereRefused: AskFor = (props) => (
  <Suspense>
    <AskConsent {...props} />
  </Suspense>
);

/** What every page shares: strip, rail, palette and keys around the page itself. */
export function Shell() {
  const me = useNowAnswer();
  const navigate = useNavigate();
  const incident = useMatch({ from: "/in/incidents/$incident", shouldThrow: false })?.params.incident;
  const [open, setOpen] = useState<"palette" | "keys" | undefined>();
  useLiveQueries();
  usePaperDesign();
  useEffect(listenForKeys, []);
  const showKeys = useCallback(() => setOpen("keys"), []);
  useShellActions({ onKeys: showKeys });
  useKey("ctrl+k", () => setOpen("palette"));
  useKey("?", () => setOpen("keys"));
  useKey("c", () => void navigate({ to: "/declare" }));
  useKey("p", () => window.print());
  useKey("g 1", () => void navigate({ to: "/" }));
  useKey("g 2", () => void navigate({ to: "/triage" }));
  useKey("g 3", () => void navigate({ to: "/incidents" }));
  useKey("g 4", () => void navigate({ to: "/evidence" }));
  useKey("g 8", () => void navigate({ to: "/exercises" }));
  const close = () => setOpen(undefined);
  return (
    <ZoneContext value={me.person.zone}>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <div className="shell">
        <Strip
          person={me.person}
          inside={incident !== undefined}
          where={
            incident === undefined ? (
              <span className="cut quiet">{me.organisation}</span>
            ) : (
              <IncidentInStrip id={incident} />
            )
          }
          onFind={() => setOpen("palette")}
        />
        <Rail />
        <div className="shell-loud">
          <DemonstrationBand />
          <ExerciseBand />
          <BrokenGlassBanner />
        </div>
        <main className="shell-main" id="main" tabIndex={-1}>
          <AskContext value={AskWhereRefused}>
            <Outlet />
          </AskContext>
        </main>
      </div>
      {open === "palette" ? <Palette onClose={close} /> : null}
      <Suspense>{open === "keys" ? <KeyHelp onClose={close} /> : null}</Suspense>
    </ZoneContext>
  );
}

function useLiveQueries(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      listenLive(
        (hint) => refresh(client, hint),
        () => void client.invalidateQueries(),
      ),
    [client],
  );
}
