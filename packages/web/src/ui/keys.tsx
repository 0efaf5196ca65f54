import "./keys.css";

/** Keys to press, one after the other: `G 3`, `Ctrl K`. */
export function Keys({ of: keys }: { readonly of: string }) {
  return (
    <span className="keys">
      {keys.split(" ").map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
