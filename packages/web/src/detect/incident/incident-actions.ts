import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { May } from "../../api/contract.ts";
import { type Action, useOfferedActions } from "../../shell/actions.ts";
import { useWhyNot } from "../../shell/authority-actions.ts";

type Verb = {
  readonly title: string;
  readonly to: string;
  readonly needs: May["action"];
  readonly keys?: string;
  readonly also?: string;
};

const VERBS: readonly Verb[] = [
  {
    title: "Take evidence",
    to: "/evidence/take",
    needs: "evidence.collect",
    keys: "E",
    also: "collect upload",
  },
  {
    title: "Rate impact and recoverability",
    to: "/assessment",
    needs: "incident.assess",
    also: "priority assess",
  },
  {
    title: "Change what is known",
    to: "/describe",
    needs: "incident.assess",
    also: "title vector origin marking tlp describe",
  },
  {
    title: "Show the scope",
    to: "/scope",
    needs: "incident.read",
    also: "hosts accounts networks affected team",
  },
  {
    title: "Show the checklists",
    to: "/checklists",
    needs: "incident.read",
    also: "playbook steps to do",
  },
  {
    title: "Show the recovery matrix",
    to: "/recovery",
    needs: "incident.read",
    also: "hosts gates reconnect rebuild eradicate",
  },
  {
    title: "Show the observables",
    to: "/observables",
    needs: "incident.read",
    also: "addresses values indicators csv",
  },
  {
    title: "Cut something off",
    to: "/containment/request",
    needs: "log.write",
    keys: "I",
    also: "isolate isolation host segment account disable disconnect",
  },
  {
    title: "Show what is cut off and who watches",
    to: "/containment",
    needs: "incident.read",
    also: "containment isolation hot spare watch check-in monitor",
  },
  {
    title: "Show restore points and new passwords",
    to: "/credentials",
    needs: "incident.read",
    also: "backup credentials accounts reset compromised since",
  },
  { title: "Show the evidence", to: "/evidence", needs: "incident.read", also: "custody hand over" },
  {
    title: "Show the lessons",
    to: "/lessons",
    needs: "incident.read",
    also: "review learn improvements questions meeting moderator",
  },
  {
    title: "Show what it costs",
    to: "/cost",
    needs: "incident.read",
    also: "money hours downtime damage rate currency ledger",
  },
  {
    title: "Show the follow-up report",
    to: "/report",
    needs: "incident.read",
    also: "pdf paper print redacted chronology damage",
  },
  {
    title: "Show it as it stood at any moment",
    to: "?at=latest",
    needs: "incident.read",
    keys: "T",
    also: "past time travel history before",
  },
  { title: "Close the incident", to: "/close", needs: "incident.close", also: "end dismiss reopen" },
  {
    title: "Hand out the case file",
    to: "/case-file",
    needs: "incident.export",
    also: "export download verify",
  },
];

/** Offers the verbs of the incident on screen; those the policy keeps from this person say whom to ask. */
export function useIncidentActions(id: string): void {
  const navigate = useNavigate();
  const whyNot = useWhyNot();
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: "write",
        title: "Write in the handling log",
        group: "This incident" as const,
        keys: "L",
        ...refusedFor(whyNot("log.write")),
        run: () => document.getElementById("log-line")?.focus(),
      },
      ...VERBS.map(({ to, needs, ...verb }) => ({
        id: `incident ${to}`,
        group: "This incident" as const,
        ...verb,
        ...refusedFor(whyNot(needs)),
        run: () => void navigate({ href: `/incidents/${id}${to}` }),
      })),
    ],
    [id, navigate, whyNot],
  );
  useOfferedActions(actions);
}

function refusedFor(refused: string | undefined): { readonly refused?: string } {
  return refused === undefined ? {} : { refused };
}
