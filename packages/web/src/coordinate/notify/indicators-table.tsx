import { INDICATORS_NAME } from "@jumpkit/core";
import { Digest } from "../../ui/digest.tsx";
import { LetterText } from "./letter-text.tsx";

/** The table that is attached to a message, as its recipient's tools will read it. */
export function IndicatorsTable({
  indicators,
}: {
  readonly indicators: { readonly text: string; readonly count: number; readonly sha256?: string };
}) {
  const { text, count, sha256 } = indicators;
  return (
    <details>
      <summary>{`${INDICATORS_NAME} is attached: ${count === 1 ? "one value" : `${count} values`}, not defanged`}</summary>
      <LetterText text={text} label={INDICATORS_NAME} />
      {sha256 === undefined ? null : (
        <p className="meta">
          {"SHA-256 of the file: "}
          <Digest value={sha256} label="the SHA-256 of the file" />
        </p>
      )}
    </details>
  );
}
