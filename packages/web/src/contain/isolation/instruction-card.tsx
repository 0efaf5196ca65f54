import { instructionCard } from "@jumpkit/core";
import { CopyButton } from "../../ui/copy-button.tsx";
import type { Isolation } from "../contain-queries.ts";

/** How to cut it off, as a part of a panel. */
export function InstructionCard({ target }: { readonly target: Isolation["target"] }) {
  return (
    <section className="panel-section" aria-label="How to do it">
      <h3>How to do it</h3>
      <CardSteps target={target} />
    </section>
  );
}

/** The numbered steps for whoever cuts it off, each name and command ready to be copied. */
export function CardSteps({ target }: { readonly target: Isolation["target"] }) {
  return (
    <ol className="card-steps">
      {instructionCard(target).map((step) => (
        <li key={step.text}>
          {step.text}
          {step.copy.length > 0 ? (
            <div className="card-copy">
              {step.copy.map((text) => (
                <span key={text}>
                  <code>{text}</code>
                  <CopyButton text={text} label={`Copy ${text}`} />
                </span>
              ))}
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
