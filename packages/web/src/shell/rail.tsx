import "./rail.css";
import { Link } from "@tanstack/react-router";
import { useNowAnswer } from "../api/queries.ts";
import { RailCount } from "../detect/triage/rail-count.tsx";
import { Icon } from "../ui/icon.tsx";
import { HOUSE_PLACES, type Place, WORK_PLACES } from "./places.ts";

/** Where else one can be. Words show on hover and focus; a phone has them always. */
export function Rail() {
  const { may } = useNowAnswer();
  const permitted = new Set(may.filter(({ effect }) => effect === "permitted").map(({ action }) => action));
  const places = WORK_PLACES.filter(({ needs }) => needs === undefined || permitted.has(needs));
  return (
    <nav className="rail" aria-label="Places">
      <ul>
        {places.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
        <li className="rail-gap" aria-hidden="true" />
        {HOUSE_PLACES.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
      </ul>
    </nav>
  );
}

function RailLink({ place }: { readonly place: Place }) {
  return (
    <li>
      <Link
        to={place.to}
        className="rail-link"
        activeProps={{ className: "active" }}
        activeOptions={{ exact: place.to === "/", includeSearch: false }}
      >
        <Icon of={place.icon} size={20} />
        {place.to === "/triage" ? <RailCount /> : null}
        <span className="rail-word">
          {place.title}
          {place.digit ? <kbd className="quiet">{`G ${place.digit}`}</kbd> : null}
        </span>
      </Link>
    </li>
  );
}
