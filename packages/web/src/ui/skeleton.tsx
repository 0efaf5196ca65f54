import "./skeleton.css";

/** The true layout of a list while it loads; it shows itself only after 300 ms. */
export function SkeletonRows({ count = 6, label }: { readonly count?: number; readonly label: string }) {
  return (
    <div className="skeleton" role="status" aria-label={`Loading ${label}`}>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have no other identity
        <div className="skeleton-row" key={row} aria-hidden="true">
          <span className="skeleton-bar short" />
          <span className="skeleton-bar long" />
          <span className="skeleton-bar end" />
        </div>
      ))}
    </div>
  );
}
