import "./tlp-label.css";

const CLASSES: Readonly<Record<string, string>> = {
  "TLP:RED": "tlp red",
  "TLP:AMBER": "tlp amber",
  "TLP:AMBER+STRICT": "tlp amber",
  "TLP:GREEN": "tlp green",
  "TLP:CLEAR": "tlp clear",
};

/**
 * A TLP label as FIRST prescribes: capitals in its colour on black, in both designs.
 *
 * @source FIRST TLP 2.0
 */
export function TlpLabel({ label }: { readonly label: string }) {
  return <span className={CLASSES[label] ?? "tlp"}>{label}</span>;
}
