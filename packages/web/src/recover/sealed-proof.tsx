import { Link } from "@tanstack/react-router";
import { asRefusal } from "../api/refusal.ts";

/** Why a sealed check does not prove the integrity of a host. */
const WHY: Readonly<Record<string, string>> = {
  not_last: "A later check of this host was sent. Only the last one counts.",
  not_sealed: "The last check of this host came unsealed.",
  not_approved: "Its master copy is retired, or nobody approved it.",
  expired: "Its master copy has expired.",
  other_host: "It is a check of another host.",
  too_old: "It was made before the host was found affected.",
  unseen: "The check could not see everything.",
  open: "It holds differences that nothing explains and nobody accepted.",
};

/** What a sealed check takes to be a proof. */
export function SealedProof() {
  return (
    <p className="quiet">
      A sealed check (<code>jumpkit master-copy send</code>) is taken when every difference in it is explained
      or accepted. See <Link to="/master-copies">Master copies</Link>.
    </p>
  );
}

/** Why the sealed check that was given is no proof, to stand just above what was refused. */
export function WhyNotSound({ fault }: { readonly fault: unknown }) {
  const refusal = fault === null || fault === undefined ? undefined : asRefusal(fault);
  const why = refusal?.code === "gate.not_sound" ? WHY[String(refusal.details["why"])] : undefined;
  return why === undefined ? null : <p role="status">{why}</p>;
}
