import "./what-changed.css";
import { Link } from "@tanstack/react-router";
import type { Now } from "../../api/contract.ts";

/** What is new for this person since the version that they read last, in plain words. */
export function WhatChanged({ policy }: { readonly policy: NonNullable<Now["policy"]> }) {
  const { since, changes } = policy;
  if (since === null) return null;
  const against = (
    <Link to="/policy/versions/$version" params={{ version: String(since) }}>
      version {since}
    </Link>
  );
  if (changes.length === 0) return <p>Nothing changed for your roles since {against}.</p>;
  return (
    <>
      <p>What changed for you since {against}:</p>
      <ul className="what-changed">
        {changes.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </>
  );
}
