import { Link } from "@tanstack/react-router";
import { AccountFrame } from "../prepare/account/account-frame.tsx";
import { buttonLooks } from "../ui/button.tsx";

/** What an address shows that leads nowhere. */
export function PageMissing() {
  return (
    <AccountFrame
      title="Nothing is at this address"
      under="There is no such page, or it is not yours to see."
    >
      <div>
        <Link to="/" className={buttonLooks({ weight: "primary" })}>
          Go to Now
        </Link>
      </div>
    </AccountFrame>
  );
}
