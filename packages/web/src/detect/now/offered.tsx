import { Link } from "@tanstack/react-router";
import type { Now } from "../../api/contract.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";

/** Evidence that somebody wants to put into this person's hands. Nothing when nobody does. */
export function Offered({ offered }: { readonly offered: Now["offered"] }) {
  if (offered.length === 0) return null;
  return (
    <section className="now-wide" aria-label="Offered to you">
      <h2>Offered to you</h2>
      {offered.map((offer) => (
        <div className="now-offer" key={offer.item}>
          <div>
            <p>
              <b>Evidence item {offer.number}</b> · {offer.purpose}
            </p>
            <p className="meta">
              since <Moment at={offer.at} />
            </p>
          </div>
          <Link
            to="/evidence/$item"
            params={{ item: offer.item }}
            className={buttonLooks({ weight: "primary" })}
          >
            Look and answer
          </Link>
        </div>
      ))}
    </section>
  );
}
