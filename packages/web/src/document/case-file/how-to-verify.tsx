import "./how-to-verify.css";
import { useQuery } from "@tanstack/react-query";
import { checkpointQuery } from "../../api/queries.ts";
import { CopyButton } from "../../ui/copy-button.tsx";

/** How a stranger checks a case file, with our program or with nothing but common tools. */
export function HowToVerify({ code }: { readonly code: string }) {
  const { data } = useQuery(checkpointQuery);
  return (
    <section className="panel-section" aria-label="How the receiver verifies it">
      <h3>How the receiver verifies it</h3>
      {data ? (
        <>
          <p className="quiet">Give them this key by another way than the file, as log.vkey:</p>
          <p className="command with-copy">
            <span>{data.vkey}</span>
            <CopyButton text={data.vkey} label="Copy the key" />
          </p>
        </>
      ) : null}
      <p className="quiet">With our program:</p>
      <pre className="command">{`jumpkit verify --key log.vkey ${code}.tar`}</pre>
      <p className="quiet">
        Or with <code>openssl</code>, <code>sha256sum</code>, <code>od</code> and <code>base64</code> alone:
      </p>
      <pre className="command">{`tar -xf ${code}.tar\nsh verify.sh --key log.vkey ${code}`}</pre>
      <p className="meta">
        Any single change, removal, reordering or addition is found and named. verify.sh lies in the file; a
        copy from elsewhere is worth more.
      </p>
    </section>
  );
}
