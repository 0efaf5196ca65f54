import { Button } from "../ui/button.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";

/** Stands where a page broke; the strip, the rail and every draft stay. */
export function PageFault({ error }: { readonly error: unknown }) {
  return (
    <div className="load-fault">
      <RefusalNotice
        fault={error}
        verb={<Button onClick={() => location.reload()}>Load the page again</Button>}
      />
    </div>
  );
}
