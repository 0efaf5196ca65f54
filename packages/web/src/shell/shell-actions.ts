import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useNowAnswer } from "../api/queries.ts";
import { signOut } from "../prepare/account/sign-out.ts";
import { type Action, useOfferedActions } from "./actions.ts";
import { useAuthorityActions, useWhyNot } from "./authority-actions.ts";
import { HOUSE_PLACES, WORK_PLACES } from "./places.ts";

/** Places that stand in no rail: one comes to them from another page, or by their words. */
const OTHER_PLACES = [
  { title: "Go to sources of signs", to: "/triage/sources", also: "sensor batch import unread silent" },
  { title: "Go to master copies", to: "/master-copies", also: "manifest integrity baseline drift" },
  { title: "Go to backups", to: "/backups", also: "restore trial overdue copies" },
  { title: "Go to networks and teams", to: "/networks", also: "segment constituent range" },
  { title: "Go to the playbooks", to: "/playbooks", also: "checklist library steps adopt" },
  { title: "Go to advisories", to: "/advisories", also: "weakness cve constituency warn bulletin" },
  { title: "Go to replies", to: "/replies", also: "answers mail inbox eml unread" },
  { title: "Go to the shift hand-over", to: "/shift", also: "briefing hypothesis next step take over" },
  { title: "Go to the duty roster", to: "/duty", also: "on call shift" },
  { title: "Go to the call sheet", to: "/call-sheet", also: "print wallet card paper" },
] as const;

/** Offers what one can do from everywhere: go to a place, declare, switch the design, print, sign out. */
export function useShellActions({ onKeys }: { readonly onKeys: () => void }): void {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const { policy } = useNowAnswer();
  const whyNot = useWhyNot();
  const noDeclaring = policy === null ? "No response policy is in force" : whyNot("incident.report");
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: "declare",
        title: "Declare an incident",
        group: "Act",
        keys: "C",
        also: "report new",
        ...(noDeclaring ? { refused: noDeclaring } : {}),
        run: () => void navigate({ to: "/declare" }),
      },
      ...[...WORK_PLACES, ...HOUSE_PLACES].map((place) => ({
        id: `go ${place.to}`,
        title: `Go to ${place.title}`,
        group: "Go to" as const,
        ...(place.digit ? { keys: `G ${place.digit}` } : {}),
        run: () => void navigate({ to: place.to }),
      })),
      ...OTHER_PLACES.map(({ title, to, also }) => ({
        id: `go ${to}`,
        title,
        also,
        group: "Go to" as const,
        run: () => void navigate({ to }),
      })),
      {
        id: "reports",
        title: "Go to reports by people",
        group: "Go to",
        also: "help desk form",
        run: () => void navigate({ to: "/reports" }),
      },
      {
        id: "write down a call",
        title: "Write down a call",
        group: "Act",
        also: "report help desk telephone",
        ...(noDeclaring ? { refused: noDeclaring } : {}),
        run: () => void navigate({ to: "/reports/add" }),
      },
      {
        id: "profile",
        title: "Go to your profile",
        group: "Go to",
        run: () => void navigate({ to: "/profile" }),
      },
      {
        id: "light",
        title: "Use the light design",
        group: "This browser",
        also: "theme",
        run: () => setColorScheme("light"),
      },
      {
        id: "dark",
        title: "Use the dark design",
        group: "This browser",
        also: "theme",
        run: () => setColorScheme("dark"),
      },
      {
        id: "auto",
        title: "Use the design of the system",
        group: "This browser",
        also: "theme",
        run: () => setColorScheme("auto"),
      },
      {
        id: "keys",
        title: "Show the keys",
        group: "This browser",
        keys: "?",
        also: "help keyboard",
        run: onKeys,
      },
      { id: "print", title: "Print this page", group: "This browser", keys: "P", run: () => window.print() },
      {
        id: "sign-out",
        title: "Sign out",
        group: "This browser",
        also: "log out",
        run: () => void signOut(),
      },
    ],
    [navigate, setColorScheme, onKeys, noDeclaring],
  );
  useAuthorityActions();
  useOfferedActions(actions);
}
