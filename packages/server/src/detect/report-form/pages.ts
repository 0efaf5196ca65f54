import type { Complaint, ReportWithIncident } from "@jumpkit/app";
import { ATTACHMENTS_MAX, CLAIM_WORDS, REPORTED_ONGOING_WORDS, SYMPTOM_WORDS } from "@jumpkit/core";
import { type Html, html } from "../../html.ts";

/** How large one attachment may be: enough for a picture, a mail or a log extract. */
export const ATTACHMENT_BYTES_MAX = 25 * 2 ** 20;

/** What was typed into a form, by the name of its field. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** The form that anybody may fill in, with what was typed before and what was wrong with it. */
export function formPage(
  organisation: string,
  place: { readonly action: string; readonly code: string },
  typed: Typed,
  problem: Html | undefined,
): Html {
  const kept = (name: string): string => typed[name]?.[0] ?? "";
  return frame(
    organisation,
    html`<h1>Report a security problem</h1>
<p>Say what you noticed. You need no account and no name, and you do not have to be sure.</p>
${problem ?? []}
<form method="post" action="${place.action}" enctype="multipart/form-data">
<input type="hidden" name="code" value="${place.code}">
${radios("claim", "What is it about?", CLAIM_WORDS, kept("claim") || "something_wrong")}
<div class="field">
<label for="what">What did you notice?</label>
<p class="hint" id="what-hint">What happened, on which system, and how you know. Do not try things out to find more.</p>
<textarea id="what" name="what" required maxlength="20000" aria-describedby="what-hint">${kept("what")}</textarea>
</div>
<fieldset><legend>Did you see any of these?</legend>
<div class="choices">${Object.entries(SYMPTOM_WORDS).map(
      ([value, words]) =>
        html`<label class="choice"><input type="checkbox" name="symptoms" value="${value}"${
          typed["symptoms"]?.includes(value) ? CHECKED : ""
        }>${words}</label>`,
    )}</div></fieldset>
${radios("ongoing", "Is it still going on?", REPORTED_ONGOING_WORDS, kept("ongoing") || "unknown")}
<div class="pair">
${text("systems", "Which systems or addresses?", kept("systems"), 300)}
${text("noticed", "When, and in which time zone?", kept("noticed"), 200)}
</div>
${files()}
<h2>How can we reach you?</h2>
<p class="hint">Leave this empty to stay unnamed. You can follow up with the code you get in either case.</p>
<div class="pair">
${text("name", "Your name", kept("name"), 200)}
${text("affiliation", "Your organisation", kept("affiliation"), 200)}
${text("contact", "Telephone or mail address", kept("contact"), 300)}
</div>
<button type="submit">Send the report</button>
</form>
<p class="hint after">Have you reported before? <a href="/report/follow">Follow up with your code</a>.</p>`,
  );
}

/** What a reporter gets: the number to name and the code to follow up with. */
export function receiptPage(organisation: string, number: string, code: string): Html {
  return frame(
    organisation,
    html`<h1>We have your report</h1>
<p>Its number is <strong>${number}</strong>. A handler reads it. With this code you can add to it and read what we answer:</p>
<p class="code">${grouped(code)}</p>
<p>Write the code down now or print this page. We keep no copy of it and cannot tell it to you again. We will not write to a mail address that nobody has proved to be theirs.</p>
${followForm("Open your report", code)}`,
  );
}

/** Where a follow-up code is typed in. */
export function codePage(organisation: string, problem: Html | undefined): Html {
  return frame(
    organisation,
    html`<h1>Follow up on a report</h1>
${problem ?? []}
<form method="post" action="/report/follow">
<div class="field"><label for="code">The code from your receipt</label>
<input type="text" id="code" name="code" required maxlength="60" autocomplete="off" spellcheck="false"></div>
<button type="submit">Open the report</button>
</form>
<p class="hint after">Nothing reported yet? <a href="/report">Report a security problem</a>.</p>`,
  );
}

/** The thread as its reporter sees it: their own words and the team's answers, nothing of the handling. */
export function threadPage(
  organisation: string,
  report: ReportWithIncident,
  place: { readonly code: string; readonly key: string },
  typed: string,
  notice: Html | undefined,
): Html {
  return frame(
    organisation,
    html`<h1>Report ${report.number}</h1>
${notice ?? []}
${report.messages.map(
  (message) => html`<section class="message">
<p class="who">${message.from === "team" ? `${organisation}` : "You"}, ${shown(message.at)}</p>
<p class="said">${message.text}</p>
${message.attachments.map((file) => html`<p class="hint">Attached: ${file.name}</p>`)}
</section>`,
)}
<form method="post" action="/report/add" enctype="multipart/form-data">
<input type="hidden" name="code" value="${place.code}">
<input type="hidden" name="key" value="${place.key}">
<div class="field"><label for="text">Add to your report</label>
<textarea id="text" name="text" required maxlength="20000">${typed}</textarea></div>
${files()}
<button type="submit">Send</button>
</form>`,
  );
}

/** A notice that says what is wrong, field by field. */
export function complaintsNotice(complaints: readonly Complaint[]): Html {
  return notice(
    html`Not sent. ${complaints.map(({ path, problem }) => html`<br><strong>${LABELS[path] ?? path}</strong> ${problem}.`)}`,
  );
}

/** A notice with one sentence. */
export function notice(sentence: Html): Html {
  return html`<div class="notice" role="alert"><p>${sentence}</p></div>`;
}

/** A page with one sentence, where there is nothing to fill in. */
export function plainPage(organisation: string, title: string, sentence: string): Html {
  return frame(organisation, html`<h1>${title}</h1><p>${sentence}</p>`);
}

const CHECKED = html` checked`;

const LABELS: Readonly<Record<string, string>> = {
  what: "What did you notice?",
  text: "Your message",
  systems: "Systems",
  noticed: "When",
  name: "Name",
  contact: "Telephone or mail address",
  affiliation: "Organisation",
};

function frame(organisation: string, body: Html): Html {
  return html`<main>
<header><img src="/jumpkit.svg" alt=""><span>${organisation}</span></header>
<div class="sheet">
${body}
</div>
<footer>Times are in UTC.</footer>
</main>`;
}

function radios(name: string, legend: string, words: Readonly<Record<string, string>>, chosen: string): Html {
  return html`<fieldset><legend>${legend}</legend>
${Object.entries(words).map(
  ([value, word]) =>
    html`<label class="choice"><input type="radio" name="${name}" value="${value}"${value === chosen ? CHECKED : ""}>${word}</label>`,
)}</fieldset>`;
}

function text(name: string, label: string, value: string, max: number): Html {
  return html`<div class="field"><label for="${name}">${label}</label>
<input type="text" id="${name}" name="${name}" value="${value}" maxlength="${max}"></div>`;
}

function files(): Html {
  return html`<div class="field"><label for="files">Attach files</label>
<p class="hint" id="files-hint">Up to ${ATTACHMENTS_MAX}, each at most ${ATTACHMENT_BYTES_MAX / 2 ** 20} MiB: pictures of the screen, the mail as a file, an extract of a log.</p>
<input type="file" id="files" name="files" multiple aria-describedby="files-hint"></div>`;
}

function followForm(verb: string, code: string): Html {
  return html`<form method="post" action="/report/follow"><input type="hidden" name="code" value="${code}"><button type="submit">${verb}</button></form>`;
}

/** `3f2a9c…` as `3f2a 9c…`, to be written down and read out. */
function grouped(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

function shown(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
}
