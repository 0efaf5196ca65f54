import { Link } from "@tanstack/react-router";
import { buttonLooks } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** What an address shows that leads nowhere. */
export function PageMissing() {
  return (
    <EmptyState
      title="Nothing is at this address"
      verb={
        <Link to="/" className={buttonLooks({})}>
          Go to Now
        </Link>
      }
    >
      There is no such page, or it is not yours to see.
    </EmptyState>
  );
}
