import "./rail.css";
import { Link } from "@tanstack/react-router";
import { useId, useRef } from "react";
import { useNowAnswer } from "../api/queries.ts";
import { RailCount } from "../detect/triage/rail-count.tsx";
import { Icon } from "../ui/icon.tsx";
import { Ellipsis } from "../ui/icons.ts";
import { HOUSE_PLACES, type Place, WORK_PLACES } from "./places.ts";

/** So many places stand side by side on a phone; the others are behind *More*. */
const ON_PHONE = 4;

/** Where else one can be. Words show on hover and focus; a phone has them always. */
export function Rail() {
  const { may } = useNowAnswer();
  const permitted = new Set(may.filter(({ effect }) => effect === "permitted").map(({ action }) => action));
  const places = WORK_PLACES.filter(({ needs }) => needs === undefined || permitted.has(needs));
  return (
    <nav className="rail" aria-label="Places">
      <ul>
        {places.map((place, at) => (
          <li key={place.to} className={at < ON_PHONE ? undefined : "rail-later"}>
            <PlaceLink place={place} />
          </li>
        ))}
        <li className="rail-gap" aria-hidden="true" />
        {HOUSE_PLACES.map((place) => (
          <li key={place.to} className="rail-later">
            <PlaceLink place={place} />
          </li>
        ))}
        <li className="rail-more">
          <More places={[...places.slice(ON_PHONE), ...HOUSE_PLACES]} />
        </li>
      </ul>
    </nav>
  );
}

/** The places that have no room on a phone, in a sheet that the next touch, Escape or a choice closes. */
function More({ places }: { readonly places: readonly Place[] }) {
  const id = useId();
  const sheet = useRef<HTMLUListElement>(null);
  return (
    <>
      <button type="button" className="rail-link" popoverTarget={id}>
        <Icon of={Ellipsis} size={20} />
        <span className="rail-word">More</span>
      </button>
      <ul id={id} ref={sheet} popover="auto" className="rail-sheet">
        {places.map((place) => (
          <li key={place.to}>
            <PlaceLink place={place} onChosen={() => sheet.current?.hidePopover()} />
          </li>
        ))}
      </ul>
    </>
  );
}

function PlaceLink({ place, onChosen }: { readonly place: Place; readonly onChosen?: () => void }) {
  return (
    <Link
      to={place.to}
      className="rail-link"
      activeProps={{ className: "active" }}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
      onClick={onChosen}
    >
      <Icon of={place.icon} size={20} />
      {place.to === "/triage" ? <RailCount /> : null}
      <span className="rail-word">
        {place.title}
        {place.digit ? <kbd className="quiet">{`G ${place.digit}`}</kbd> : null}
      </span>
    </Link>
  );
}
