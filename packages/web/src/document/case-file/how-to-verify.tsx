import "./how-to-verify.css";

/** How a stranger checks a case file, with our program or with nothing but common tools. */
export function HowToVerify({ code }: { readonly code: string }) {
  return (
    <section className="panel-section" aria-label="How the receiver verifies it">
      <h3>How the receiver verifies it</h3>
      <p className="quiet">
        Any single change, removal, reordering or addition is named. The same check runs with{" "}
        <code>openssl</code>, <code>sha256sum</code>, <code>od</code> and <code>base64</code> alone, by the
        script in the file.
      </p>
      <pre className="command">{`jumpkit verify ${code}.tar`}</pre>
      <pre className="command">{`tar -xf ${code}.tar && cd ${code} && sh verify.sh`}</pre>
    </section>
  );
}
