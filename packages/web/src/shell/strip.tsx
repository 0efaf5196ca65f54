import "./strip.css";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Person } from "../api/contract.ts";
import { Icon } from "../ui/icon.tsx";
import { Search } from "../ui/icons.ts";
import { Clocks } from "./clocks.tsx";
import { LinkState } from "./link-state.tsx";

/** The line on top: where am I and how bad is it, what time it is, and whether the page follows the server. */
export function Strip({
  person,
  inside,
  where,
  onFind,
}: {
  readonly person: Person;
  readonly inside: boolean;
  readonly where: ReactNode;
  readonly onFind: () => void;
}) {
  return (
    <header className={inside ? "strip inside" : "strip"}>
      <Link to="/" className="strip-home" aria-label="Jumpkit, to Now">
        <img src="/jumpkit.svg" alt="" width={22} height={22} />
      </Link>
      <div className="strip-where">{where}</div>
      <div className="strip-end">
        <button type="button" className="strip-find laptop-only" onClick={onFind}>
          <Icon of={Search} size={14} />
          <span className="wide-only">Find or do</span>
          <kbd>Ctrl K</kbd>
        </button>
        <Clocks />
        <LinkState />
        <Link to="/profile" className="strip-me" title={`${person.name}, ${person.title}`}>
          <span aria-hidden="true">{initialsOf(person.name)}</span>
          <span className="unseen">{person.name}: profile and sign-out</span>
        </Link>
      </div>
    </header>
  );
}

/** The first letters of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => word?.slice(0, 1).toUpperCase() ?? "").join("");
}
