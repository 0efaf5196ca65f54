import "./more-rows.css";
import { Button } from "./button.tsx";

/** The way to the rows that come after those shown; nothing where there are none. */
export function MoreRows({
  answer,
  verb = "Show older ones",
}: {
  readonly verb?: string;
  readonly answer: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}) {
  if (!answer.hasNextPage) return null;
  return (
    <div className="more-rows">
      <Button disabled={answer.isFetchingNextPage} onClick={() => answer.fetchNextPage()}>
        {verb}
      </Button>
    </div>
  );
}
