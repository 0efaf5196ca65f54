import "./digest.css";
import { CopyButton } from "./copy-button.tsx";

/** A long hash by its first and last eight characters; the tip and the copy have the whole. */
export function Digest({ value, label }: { readonly value: string; readonly label: string }) {
  const short = value.length > 20 ? `${value.slice(0, 8)}…${value.slice(-8)}` : value;
  return (
    <span className="digest">
      <span title={value}>
        <span aria-hidden="true">{short}</span>
        <span className="unseen">{value}</span>
      </span>
      <CopyButton text={value} label={`Copy ${label}`} />
    </span>
  );
}
