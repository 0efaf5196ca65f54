import "./passphrase-field.css";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { SecretField } from "../../ui/secret-field.tsx";
import { judgePassphrase, type Strength } from "./account-calls.ts";

const WORDS = [
  "Anyone guesses it",
  "Easy to guess",
  "Could be guessed",
  "Hard to guess",
  "Very hard to guess",
];

/** A new passphrase with the server's judgement of it; `words` are those an attacker would try first. */
export function PassphraseField({
  value,
  words,
  onChange,
  wrong,
  label = "Passphrase",
  description = "Several unrelated words are easier to keep in mind than odd letters.",
  required = true,
}: {
  readonly value: string;
  readonly words: readonly string[];
  readonly onChange: (value: string) => void;
  readonly wrong?: string | undefined;
  readonly label?: string;
  readonly description?: string;
  readonly required?: boolean;
}) {
  const judged = useDeferredValue(value);
  const { data } = useQuery({
    queryKey: ["passphrase", judged, words],
    queryFn: () => judgePassphrase(judged, words),
    enabled: judged !== "",
    placeholderData: (before) => before,
    gcTime: 0,
    retry: false,
  });
  return (
    <div>
      <SecretField
        label={label}
        description={description}
        autoComplete="new-password"
        required={required}
        withAsterisk={false}
        value={value}
        error={wrong}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <StrengthBar strength={value === "" ? undefined : data} />
    </div>
  );
}

function StrengthBar({ strength }: { readonly strength: Strength | undefined }) {
  const score = strength?.score ?? 0;
  return (
    <div className={strength?.enough ? "strength accepted" : "strength"}>
      <div className="strength-steps" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} className={step <= score ? "done" : ""} />
        ))}
      </div>
      <p className="meta" aria-live="polite">
        {strength === undefined
          ? "The server judges it while you type."
          : [`${WORDS[score]}.`, strength.warning, ...strength.suggestions].join(" ")}
      </p>
    </div>
  );
}
