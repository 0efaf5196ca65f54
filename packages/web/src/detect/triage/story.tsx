import "./story.css";
import { defang, defangText } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { useLookingAt } from "../../api/presence.ts";
import { StandsIn, useKnownFiles } from "../../prepare/master-copy/known-files.tsx";
import { Load } from "../../shell/load.tsx";
import { Onlookers } from "../../shell/onlookers.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { durationText, utcText } from "../../ui/moment-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { Shape } from "../../ui/shape.tsx";
import { Tag } from "../../ui/tag.tsx";
import { RatingFields } from "./rating-fields.tsx";
import { type SignStory, storyQuery } from "./triage-answers.ts";
import { doneWord } from "./triage-words.ts";

/** A sign with its whole story, without a click: what, why it may be nothing, where it was seen before. */
export function Story({
  id,
  verbs,
  onPutBack,
}: {
  readonly id: string;
  readonly verbs: (story: SignStory) => ReactNode;
  readonly onPutBack: (story: SignStory) => void;
}) {
  const answer = useQuery(storyQuery(id));
  useLookingAt(id);
  return (
    <Load answer={answer} label="the sign" rows={12}>
      {(story) => (
        <article className="story" aria-label="The sign" key={story.id}>
          <h2 className="story-title" tabIndex={-1} id="story-title">
            {defangText(story.title)}
          </h2>
          <Onlookers thing={story.id} />
          <div className="story-verbs no-print">{verbs(story)}</div>
          <Standing story={story} onPutBack={() => onPutBack(story)} />
          <Grown key={story.id} story={story} />
          <RatingFields story={story} />
          <Why story={story} />
          <SeenBefore story={story} />
          <About story={story} />
          <Addresses story={story} />
          <Fields story={story} />
        </article>
      )}
    </Load>
  );
}

/** Who decided what, where somebody did. */
function Standing({ story, onPutBack }: { readonly story: SignStory; readonly onPutBack: () => void }) {
  const { decision, status } = story;
  if (decision === null || (status === "waiting" && decision.verb !== "snooze")) return null;
  if (status === "waiting") {
    return (
      <p className="quiet">
        Back from a snooze by {decision.by}, until {utcText(decision.until ?? "")}.
      </p>
    );
  }
  return (
    <Notice
      tone="info"
      title={`${doneWord(decision.verb)} by ${decision.by}`}
      verb={<Button onClick={onPutBack}>Put back into the queue</Button>}
    >
      <p>
        <Moment at={decision.at} />
      </p>
      {decision.reason ? <p>{decision.reason}</p> : null}
      {decision.note ? <p className="pre">{decision.note}</p> : null}
      {decision.until ? (
        <p>
          Until {utcText(decision.until)} ({decision.untilZone})
        </p>
      ) : null}
      {decision.incident ? (
        <p>
          <Link to="/incidents/$incident" params={{ incident: decision.incident }}>
            {decision.incidentCode}
          </Link>
        </p>
      ) : null}
      {decision.grownBy > 0 ? <p>It stands for {decision.grownBy} more events since.</p> : null}
    </Notice>
  );
}

/** Says when the sign gathers more events under one's eyes. */
function Grown({ story }: { readonly story: SignStory }) {
  const first = useRef(story.count);
  const grown = story.count - first.current;
  if (grown <= 0) return null;
  return (
    <p className="story-grown" role="status">
      <Tag tone="warn" shape="onward">{`+${grown}`}</Tag> since you opened it, the latest{" "}
      {utcText(story.lastAt)}
    </p>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="story-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Why({ story }: { readonly story: SignStory }) {
  return (
    <Section title="Why it may be nothing">
      {story.whyNothing.length === 0 ? (
        <p className="quiet">No sign of this rule and source was ever dismissed.</p>
      ) : (
        <ul className="story-list">
          {story.whyNothing.map((each) => (
            <li key={each.sign}>
              <b>{each.reason}</b>
              {each.note ? `: ${each.note}` : ""}
              <span className="meta">
                {" "}
                {each.by}, {utcText(each.at)}
                {each.sameEntity ? `, the same ${story.entity}` : ""}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const SHOWN_BEFORE = 8;

function SeenBefore({ story }: { readonly story: SignStory }) {
  const byThing = new Map<string, SignStory["seenBefore"]>();
  for (const each of story.seenBefore) byThing.set(each.thing, [...(byThing.get(each.thing) ?? []), each]);
  const things = [...byThing.values()];
  return (
    <Section title="Seen before">
      {things.length === 0 ? (
        <p className="quiet">
          None of its values was seen in another incident, or in few enough signs to tell something.
        </p>
      ) : (
        <ul className="story-list">
          {things.slice(0, SHOWN_BEFORE).map((seen) => {
            const [first] = seen;
            if (first === undefined) return null;
            const values = severalText(seen.map(({ value }) => defang(value)));
            return (
              <li key={first.thing}>
                {first.kind === "incident" ? (
                  <Link to="/incidents/$incident" params={{ incident: first.thing }}>
                    {first.code}
                  </Link>
                ) : (
                  <Link to="/triage" search={{ status: "all", sign: first.thing }}>
                    sign
                  </Link>
                )}{" "}
                {defangText(first.title)} <Tag>{first.status}</Tag>
                <span className="meta">
                  {" "}
                  by {values}, {utcText(first.at)}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {things.length > SHOWN_BEFORE ? (
        <p className="meta">and in {things.length - SHOWN_BEFORE} more</p>
      ) : null}
    </Section>
  );
}

/** The first few values, and how many more there are. */
function severalText(values: readonly string[]): string {
  const more = values.length - VALUES_SHOWN;
  return `${values.slice(0, VALUES_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const VALUES_SHOWN = 2;

function About({ story }: { readonly story: SignStory }) {
  const { place } = story;
  const asset = place?.asset;
  const span = Date.parse(story.lastAt) - Date.parse(story.firstAt);
  return (
    <Section title="What it is about">
      <Facts
        of={[
          ["About", story.entity === "" ? "" : <b key="e">{story.entity}</b>],
          ["Report", <ReportLink key="r" fields={story.fields} />],
          ["Asset", asset ? `${asset.name}${asset.production ? ", in production" : ""}` : ""],
          ["Criticality", asset?.criticality],
          ["Owner", asset?.owner],
          ["Segment", place?.segment?.name],
          ["Constituent", place?.constituent ?? story.constituent],
          ["Rule", `${story.rule.name}${story.rule.name === story.rule.id ? "" : ` (${story.rule.id})`}`],
          [
            "It tells",
            story.kind === "precursor" ? "that an incident may come" : "that one may be happening",
          ],
          ["Severity", story.severity ? `${story.severity}, says its source` : ""],
          [
            "Events",
            `${story.count.toLocaleString("en")}${story.repeats > 0 ? `, ${story.repeats} repeated` : ""}`,
          ],
          ["First", <Moment key="f" at={story.firstAt} />],
          ["Last", <Moment key="l" at={story.lastAt} />],
          ["Over", span > 0 ? durationText(span) : ""],
          ["As written", story.timeAsWritten],
          ["Zone assumed", story.zoneAssumed],
        ]}
      />
      {place === null && story.entity !== "" ? (
        <p className="quiet">The register knows nothing of {story.entity}.</p>
      ) : null}
    </Section>
  );
}

/** The way to the report that this sign is; nothing for a sign that came through a source. */
function ReportLink({ fields }: { readonly fields: SignStory["fields"] }) {
  const { "report.id": id, "report.number": number } = fields;
  if (typeof id !== "string") return "None: it came through a source";
  return (
    <Link to="/reports/$report" params={{ report: id }}>
      {String(number)}
    </Link>
  );
}

const ROLES = {
  offender: "offender",
  victim: "victim",
  observer: "observer",
  unknown: "role unknown",
} as const;

const SHAPES = { offender: "triangle", victim: "target", observer: "ring", unknown: "ring" } as const;

function Addresses({ story }: { readonly story: SignStory }) {
  const addressed = new Set(story.addresses.map(({ value }) => value));
  const others = story.observables.filter(({ value }) => !addressed.has(value));
  const known = useKnownFiles(others.map(({ value }) => value));
  if (story.addresses.length === 0 && others.length === 0) return null;
  return (
    <Section title="Addresses and other values">
      <ul className="story-values">
        {story.addresses.map(({ value, role, port }) => (
          <li key={`${value} ${role} ${port}`}>
            <Shape of={SHAPES[role]} />
            <code>
              {defangText(value)}
              {port === null ? "" : `:${port}`}
            </code>
            <span className="meta">{ROLES[role]}</span>
            <CopyButton text={defangText(value)} label={`Copy ${defangText(value)}, defanged`} />
          </li>
        ))}
        {others.map((value) => (
          <li key={`${value.kind} ${value.value}`}>
            <Shape of="dash" />
            <code>{defang(value)}</code>
            <span className="meta">{value.kind}</span>
            <StandsIn file={known.of(value.value)} />
            <CopyButton text={defang(value)} label={`Copy ${defang(value)}, defanged`} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The event as it was read, below everything that was made of it: text, and nothing but text. */
function Fields({ story }: { readonly story: SignStory }) {
  const fields = Object.entries(story.fields);
  const hasExtra = Object.keys(story.extra).length > 0;
  return (
    <Section title="The first event">
      {fields.length > 0 ? (
        <dl className="story-fields">
          {fields.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{defangText(String(value))}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {hasExtra ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <section className="story-raw" tabIndex={0} aria-label="What had no name of its own">
          <pre>{JSON.stringify(story.extra, null, 2).slice(0, 50_000)}</pre>
        </section>
      ) : null}
      {story.firstOriginal === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <section className="story-raw" tabIndex={0} aria-label="As it came">
          <pre>{story.firstOriginal}</pre>
        </section>
      )}
      {fields.length === 0 && !hasExtra ? <p className="quiet">It has no fields.</p> : null}
    </Section>
  );
}
