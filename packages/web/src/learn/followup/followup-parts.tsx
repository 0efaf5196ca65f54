import { Facts } from "../../ui/facts.tsx";
import type { FollowupPart } from "./followup-queries.ts";

/** How many rows of a table the preview shows; all of them stand on paper. */
const ROWS_SHOWN = 12;

/** The parts of one section of a report, in their order. */
export function FollowupParts({ parts }: { readonly parts: readonly FollowupPart[] }) {
  return numbered(parts).map(([key, part]) => <OnePart key={key} part={part} />);
}

/** Parts and rows have no name of their own, and none of them ever moves: their place is what they are known by. */
function numbered<Value>(values: readonly Value[]): (readonly [key: string, value: Value])[] {
  return values.map((value, at) => [String(at), value]);
}

function OnePart({ part }: { readonly part: FollowupPart }) {
  switch (part.kind) {
    case "heading":
      return <h4>{part.text}</h4>;
    case "paragraph":
      return <p className="followup-text">{part.text}</p>;
    case "facts":
      return <Facts of={part.rows} />;
    case "struck":
      return <p className="quiet">Struck: {part.reason}</p>;
    case "table":
      return <PartTable columns={part.columns} rows={part.rows} />;
  }
}

type TableOf = Omit<Extract<FollowupPart, { kind: "table" }>, "kind">;

function PartTable({ columns, rows }: TableOf) {
  const shown = rows.slice(0, ROWS_SHOWN);
  return (
    <>
      <div className="table-wrap">
        <table className="table followup-table">
          <thead>
            <tr>
              {columns.map(({ title, right }) => (
                <th key={title} scope="col" className={right ? "number" : ""}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(shown).map(([key, row]) => (
              <tr key={key}>
                {row.map((cell, column) => (
                  <td key={columns[column]?.title} className={columns[column]?.right ? "number" : ""}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > ROWS_SHOWN ? (
        <p className="meta">and {rows.length - ROWS_SHOWN} more, which stand on paper</p>
      ) : null}
    </>
  );
}
