import { Link } from "@tanstack/react-router";
import type { Now } from "../../api/contract.ts";
import { WhatChanged } from "../../prepare/policy/what-changed.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Asks for what authority rests on: a policy in force that this person has read. Nothing when both hold. */
export function PolicyCall({
  policy,
  canAdopt,
}: {
  readonly policy: Now["policy"];
  readonly canAdopt: boolean;
}) {
  if (policy?.acknowledged === true) return null;
  const verb = (
    <Link to="/policy" className={buttonLooks({ weight: policy === null && canAdopt ? "primary" : "quiet" })}>
      Read the policy
    </Link>
  );
  if (policy === null) {
    return (
      <div className="now-wide">
        <Notice tone="warn" title="No response policy is in force, so nobody has authority yet" verb={verb}>
          {canAdopt
            ? "Read the policy that ships, adopt it, and people may act."
            : "A manager has to read the policy that ships and adopt it."}
        </Notice>
      </div>
    );
  }
  return (
    <div className="now-wide">
      <Notice tone="info" title={`Version ${policy.version} of the response policy is in force`} verb={verb}>
        {policy.since === null ? (
          "Read it and confirm that you have. It says what you may do at three in the morning."
        ) : (
          <WhatChanged policy={policy} />
        )}
      </Notice>
    </div>
  );
}
