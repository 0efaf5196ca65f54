import "../ui/onlookers.css";
import { useOnlookers } from "../api/presence.ts";
import { useNowAnswer } from "../api/queries.ts";
import { Shape } from "../ui/shape.tsx";

/** Says which colleagues look at a thing now; nothing while nobody else does. */
export function Onlookers({ thing, short = false }: { readonly thing: string; readonly short?: boolean }) {
  const me = useNowAnswer().person.id;
  const others = useOnlookers(thing).filter(({ id }) => id !== me);
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name);
  const sentence = `${listed(names)} ${names.length === 1 ? "is" : "are"} looking at this`;
  return (
    <span className="onlookers" title={sentence}>
      <Shape of="target" />
      {short ? (
        <>
          <span aria-hidden="true">{names.map((name) => name.split(" ")[0]).join(", ")}</span>
          <span className="unseen">{sentence}</span>
        </>
      ) : (
        sentence
      )}
    </span>
  );
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
