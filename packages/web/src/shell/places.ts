import type { LucideIcon } from "lucide-react";
import type { May } from "../api/contract.ts";
import {
  BookUser,
  ChartColumn,
  Drama,
  Fingerprint,
  Inbox,
  Scale,
  Server,
  Siren,
  Timer,
  Users,
} from "../ui/icons.ts";

/** A place in the rail. The nine digits are fixed, so that a habit outlives every release. */
export type Place = {
  readonly title: string;
  readonly to:
    | "/"
    | "/triage"
    | "/incidents"
    | "/evidence"
    | "/hosts"
    | "/contacts"
    | "/exercises"
    | "/measures"
    | "/policy"
    | "/people";
  readonly icon: LucideIcon;
  readonly digit?: string;
  /** What one must be permitted to have the place at all. */
  readonly needs?: May["action"];
};

/** Where work happens. */
export const WORK_PLACES: readonly Place[] = [
  { title: "Now", to: "/", icon: Timer, digit: "1" },
  { title: "Triage", to: "/triage", icon: Inbox, digit: "2", needs: "sign.read" },
  { title: "Incidents", to: "/incidents", icon: Siren, digit: "3" },
  { title: "Evidence", to: "/evidence", icon: Fingerprint, digit: "4" },
  { title: "Hosts", to: "/hosts", icon: Server, digit: "5" },
  { title: "Contacts", to: "/contacts", icon: BookUser, digit: "6" },
  { title: "Exercises", to: "/exercises", icon: Drama, digit: "8", needs: "incident.read" },
  { title: "Reports", to: "/measures", icon: ChartColumn, digit: "9", needs: "incident.read" },
];

/** What the organisation agreed on. */
export const HOUSE_PLACES: readonly Place[] = [
  { title: "Policy", to: "/policy", icon: Scale },
  { title: "People", to: "/people", icon: Users },
];
