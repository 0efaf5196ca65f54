import "./approval.css";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { FaultOrProof } from "../account/proof.tsx";

const cardQuery = queryOptions({
  queryKey: ["card"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"card.show">>("/v1/card", signal)).card,
});

/** The card by which one consents over the telephone: whether there is one, and how to print another. */
export function CardSection() {
  const client = useQueryClient();
  const { data: card } = useQuery(cardQuery);
  const print = useChange("card.print", undefined, () =>
    client.invalidateQueries({ queryKey: cardQuery.queryKey }),
  );
  const codes = print.data?.codes;
  return (
    <section aria-label="Card for the telephone">
      <h2>Card for the telephone</h2>
      <p className="quiet">
        When somebody phones to ask for your consent and you cannot see a page, you read them one code of this
        card. Each code is good once.
      </p>
      {codes ? <Codes codes={codes} /> : <Standing card={card} />}
      <FaultOrProof fault={print.error} onProved={() => print.mutate({})} />
      {codes ? null : (
        <Verbs>
          <Button disabled={print.isPending} onClick={() => print.mutate({})}>
            {card ? "Make a new card; the old one is void" : "Make a card"}
          </Button>
        </Verbs>
      )}
    </section>
  );
}

function Standing({ card }: { readonly card: QueryOutput<"card.show">["card"] | undefined }) {
  if (card === undefined) return null;
  if (card === null) return <p>You have no card.</p>;
  if (card.blocked)
    return <Notice tone="warn" title="Your card is no good: too many wrong codes were given" />;
  return (
    <p>
      {card.left} codes are left of the card made <Moment at={card.printedAt} />.
    </p>
  );
}

function Codes({ codes }: { readonly codes: readonly string[] }) {
  const { person, organisation } = useNowAnswer();
  return (
    <>
      <Notice
        tone="warn"
        title="Print this now: it is shown once"
        verb={<Button onClick={() => window.print()}>Print</Button>}
      >
        Keep it where nobody else reads it. Cross out each code that you read to somebody.
      </Notice>
      <p className="meta">
        {person.name} · {organisation} · read-back codes
      </p>
      <ol className="card-codes">
        {codes.map((code, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two codes of a card may be equal
          <li key={index}>
            <span>{index + 1}</span>
            <b>
              {code.slice(0, 3)} {code.slice(3)}
            </b>
          </li>
        ))}
      </ol>
    </>
  );
}
