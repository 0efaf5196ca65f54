import "./now-page.css";
import { Link } from "@tanstack/react-router";
import type { Now } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { Overdue } from "../../contain/overdue.tsx";
import { AdvisoriesOnNow } from "../../coordinate/advisory/advisories-on-now.tsx";
import { WaitingOnNow } from "../../coordinate/notify/waiting-on-now.tsx";
import { RepliesOnNow } from "../../coordinate/reply/replies-on-now.tsx";
import { ShiftOnNow } from "../../coordinate/shift/shift-on-now.tsx";
import { LateOnNow } from "../../learn/late-on-now.tsx";
import { ApprovalsOnNow } from "../../prepare/approval/approvals-on-now.tsx";
import { ActingOnNow } from "../../prepare/delegation/acting-on-now.tsx";
import { CallSheetCall, OnDuty, useMyDuty } from "../../prepare/duty/on-duty.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Authority } from "./authority.tsx";
import { Offered } from "./offered.tsx";
import { OpenIncidents } from "./open-incidents.tsx";
import { PolicyCall } from "./policy-call.tsx";
import { WhatWaits } from "./what-waits.tsx";

/** Answers what somebody woken at three asks: is anything on fire, what waits for me, what may I do. */
export function NowPage() {
  const now = useNowAnswer();
  const first = now.person.name.split(" ")[0];
  const duty = useMyDuty();
  return (
    <>
      <PageHead
        title="Now"
        under={`${first}, ${duty === undefined ? "" : `you are ${duty}; `}${situation(now)}`}
      >
        {now.policy === null ? null : (
          <Link to="/declare" className={buttonLooks({ weight: "primary" })}>
            Declare an incident
          </Link>
        )}
      </PageHead>
      <div className="now">
        <PolicyCall policy={now.policy} canAdopt={may(now.may, "policy.manage")} />
        <ActingOnNow />
        <ApprovalsOnNow />
        <ShiftOnNow />
        <Offered offered={now.offered} />
        <CallSheetCall />
        <OpenIncidents readable={now.openIncidents !== null} />
        <div className="now-side">
          <Overdue />
          <LateOnNow />
          <AdvisoriesOnNow />
          <RepliesOnNow />
          <WaitingOnNow />
          <WhatWaits />
          <OnDuty />
        </div>
        <Authority may={now.may} inForce={now.policy !== null} />
      </div>
    </>
  );
}

function situation({ policy, openIncidents: open }: Now): string {
  if (policy === null) return "one step is left before people may act.";
  if (open === null) return "you may report an incident; reading them is for those who respond.";
  if (open === 0) return "nothing is open.";
  return open === 1 ? "one incident is open." : `${open} incidents are open.`;
}

function may(rows: Now["may"], action: string): boolean {
  return rows.some((row) => row.action === action && row.effect === "permitted");
}
