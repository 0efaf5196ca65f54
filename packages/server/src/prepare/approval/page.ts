import type { ApprovalView, SecondWay } from "@jumpkit/app";
import type * as z from "zod";
import { Html, html } from "../../html.ts";

export type ShownApproval = z.output<typeof ApprovalView>;

/** What this page needs beside the answer: who looks, in which zone, and what protects its form. */
export interface Around {
  readonly organisation: string;
  readonly name: string;
  readonly zone: string;
  readonly key: string;
  readonly guard: string;
}

const NOTHING = new Html("");

/** The request in whole, and the answer of whoever is asked, for a telephone without script. */
export function approvalPage(approval: ShownApproval, around: Around, problem: Html | undefined): Html {
  return frame(
    around.organisation,
    html`<h1>${approval.title}</h1>
<p><strong>${approval.askerName}</strong> asks for consent. ${standing(approval)}</p>
${problem ?? NOTHING}
<dl class="what">
${fact("To what", approval.thing)}
${fact("Why", approval.reason)}
${fact("What it breaks", approval.consequence)}
${fact("What else could be done", approval.alternative)}
${fact("Incident", approval.incidentCode ?? "")}
${fact("Until", momentText(approval.expiresAt, around.zone))}
${fact("Consented", approval.consents.map((consent) => consentText(consent)).join("; "))}
${fact("Ended by", approval.ended === null ? "" : `${approval.ended.by}: ${approval.ended.reason}`)}
${fact("The policy says", approval.clause)}
</dl>
${approval.decidable ? form(approval, around) : NOTHING}
<h2>Exactly this, and nothing else</h2>
<dl class="what">
${fact("operation", approval.operation)}
${Object.entries(approval.parameters ?? {}).map(([name, value]) =>
  fact(name, typeof value === "string" ? value : JSON.stringify(value)),
)}
${fact("digest", approval.sha256)}
</dl>
<p class="hint">You are ${around.name}. <a href="/approvals/${approval.id}">Open it in Jumpkit</a></p>`,
  );
}

/** Asks whoever is not known here to come in: a browser that followed a link from elsewhere, or nobody signed in. */
export function comeInPage(address: string, name = "", problem: Html = NOTHING): Html {
  return frame(
    "Jumpkit",
    html`<h1>Sign in to answer</h1>
<p>Somebody asks for your consent. Sign in to read for what.</p>
${problem}
<form method="post" action="${address}/enter">
<div class="field">
<label for="name">Sign-in name</label>
<input id="name" type="text" name="signInName" value="${name}" maxlength="64" autocomplete="username" autocapitalize="none"
 spellcheck="false" required>
</div>
<div class="field">
<label for="passphrase">Passphrase</label>
<input id="passphrase" name="passphrase" type="password" maxlength="1024" autocomplete="current-password" required>
</div>
<div class="answers"><button type="submit">Sign in</button></div>
</form>
<p class="hint">With a passkey, or an account elsewhere: <a href="${inApp(address)}">sign in in the app</a>. You are
signed in already? <a href="${address}?again">Open it</a></p>`,
  );
}

/** The second step: a code, which works without script. A passkey does not, so who has nothing else uses the app. */
export function secondStepPage(
  address: string,
  step: string,
  ways: readonly SecondWay[],
  problem: Html = NOTHING,
): Html {
  const takesCode = ways.includes("code") || ways.includes("recovery");
  return frame(
    "Jumpkit",
    html`<h1>The second step</h1>
${problem}
${takesCode ? codeForm(address, step) : html`<p>Your second step is a passkey, which this plain page cannot ask for.</p>`}
<p class="hint">With your passkey: <a href="${inApp(address)}">sign in in the app</a>.
<a href="${address}?again">Begin again</a></p>`,
  );
}

function codeForm(address: string, step: string): Html {
  return html`<form method="post" action="${address}/code">
<input type="hidden" name="step" value="${step}">
<div class="field">
<label for="code">Code</label>
<p class="hint" id="code-hint">The six digits that your authenticator shows, or one of your recovery codes.</p>
<input id="code" type="text" name="code" maxlength="40" autocomplete="one-time-code" autocapitalize="none" spellcheck="false"
 aria-describedby="code-hint" required>
</div>
<div class="answers"><button type="submit">Go on</button></div>
</form>`;
}

function inApp(address: string): string {
  return `/sign-in?next=${encodeURIComponent(address)}`;
}

/** For a request that does not exist for whoever looks. */
export function noRequestPage(): Html {
  return frame(
    "Jumpkit",
    html`<h1>There is no such request</h1>
<p>It does not exist, or it is not yours to see. Ask whoever sent you here for the whole address.</p>`,
  );
}

function form(approval: ShownApproval, { key, guard }: Around): Html {
  return html`<form method="post" action="/approve/${approval.id}">
<input type="hidden" name="key" value="${key}">
<input type="hidden" name="guard" value="${guard}">
<div class="field">
<label for="words">A condition, or why not</label>
<p class="hint" id="words-hint">Empty to consent as asked. A condition and a refusal need words.</p>
<textarea id="words" name="words" maxlength="1000" aria-describedby="words-hint"></textarea>
</div>
<div class="answers">
<button type="submit" name="answer" value="approve">Approve</button>
<button type="submit" name="answer" value="condition" class="quiet">Approve with this condition</button>
<button type="submit" name="answer" value="refuse" class="quiet">Refuse with this reason</button>
</div>
</form>`;
}

const STANDING: Readonly<Record<ShownApproval["status"], string>> = {
  requested: "It waits for an answer.",
  approved: "It is approved and has not been used.",
  refused: "It was refused.",
  withdrawn: "It was taken back.",
  used: "It was approved and has been used.",
  expired: "Its time ran out.",
};

function standing({ status, persons, consents }: ShownApproval): string {
  if (status !== "requested" || persons === 1) return STANDING[status];
  return `${STANDING[status]} ${consents.length} of two people have consented.`;
}

function consentText({ name, condition, via }: ShownApproval["consents"][number]): string {
  const by = via === "voice" ? `${name}, by telephone` : name;
  return condition === "" ? by : `${by}, on condition: ${condition}`;
}

function fact(name: string, value: string): Html {
  return value === "" ? NOTHING : html`<dt>${name}</dt><dd>${value}</dd>\n`;
}

function momentText(at: string, zone: string): string {
  const local = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(at));
  return `${local} (${zone})`;
}

function frame(organisation: string, body: Html): Html {
  return html`<main><header><img src="/jumpkit.svg" alt=""><span>${organisation}</span></header>
<div class="sheet">${body}</div></main>`;
}

/** Rules of this page beside those that all pages without script share. */
export const APPROVAL_STYLE = new Html(`
dl.what { display: grid; grid-template-columns: minmax(96px, max-content) 1fr; gap: 8px 16px; margin: 0 0 20px; }
dl.what dt { color: var(--meta); } dl.what dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
textarea { min-height: 84px; }
.answers { display: grid; gap: 12px; margin-bottom: 16px; } .answers button, a.verb { min-height: 48px; width: 100%; font-size: 16px; }
button.quiet { background: none; color: var(--text); border: 1px solid var(--edge); }
a.verb { display: inline-flex; align-items: center; justify-content: center; border-radius: 6px; max-width: 320px;
  background: var(--fill); color: var(--on-fill); font-weight: 600; text-decoration: none; }
@media (max-width: 480px) { dl.what { grid-template-columns: 1fr; gap: 0; } dl.what dd { margin: 0 0 8px; } }
`);
