import "./facts.css";
import { Fragment, type ReactNode } from "react";

/** Names and values in two columns; a fact without a value is left out. */
export function Facts({ of: facts }: { readonly of: ReadonlyArray<readonly [string, ReactNode]> }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== "" && value !== null && value !== undefined)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
