/** The marking at the top and the foot of every printed page, in capitals, and what the page is of. */
export function PrintMarking({ tlp, title }: { readonly tlp: string; readonly title: string }) {
  return (
    <>
      <div className="print-marking top" aria-hidden="true">
        {tlp}
      </div>
      <div className="print-marking foot" aria-hidden="true">
        {title} · {tlp}
      </div>
    </>
  );
}
