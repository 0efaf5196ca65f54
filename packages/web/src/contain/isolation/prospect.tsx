import type { QueryOutput } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { Notice } from "../../ui/notice.tsx";
import { NEEDS } from "./words.ts";

/** What cutting it off would mean, whose authority it needs, and which spare could take over. */
export function Prospect({ prospect }: { readonly prospect: QueryOutput<"isolation.prospect"> }) {
  const row = useNowAnswer().may.find(({ action }) => action === prospect.needs);
  return (
    <Notice tone="info" title={NEEDS[prospect.needs]}>
      <ul className="consequences">
        {prospect.consequences.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {prospect.spares.map((spare) => (
          <li key={spare.id}>
            Hot spare {spare.name} keeps {spare.kept}
            {spare.triedAt ? `, tried ${spare.triedAt.slice(0, 10)}` : ", never tried"}
            {spare.inUse ? `, in use for ${spare.inUse.host}` : ""}
          </li>
        ))}
      </ul>
      <p>{row?.effect === "permitted" ? "You may authorise it." : "You may not authorise this alone."}</p>
    </Notice>
  );
}
