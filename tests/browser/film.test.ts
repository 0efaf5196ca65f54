import { rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import { behaved, type Cast, closeCast, isSound, openCast } from "../support/film/cast.ts";
import { askToIsolate, consent, cutOff } from "../support/film/contain.ts";
import { declare, rate, sendLog, triage } from "../support/film/detect.ts";
import { correct, offer, takeEvidence, takeOver, write } from "../support/film/document.ts";
import { close, count, handOut, lookBack, report, review } from "../support/film/learn.ts";
import { adoptPolicy, found, invite, register } from "../support/film/prepare.ts";
import { checklists, proveGate, reconnect } from "../support/film/recover.ts";
import { letterhead, tell } from "../support/film/tell.ts";

/** Three people at three screens, each step going on where the one before ended. */
describe("the film: from a scanner in an access log to a verified case file", () => {
  let cast: Cast;

  beforeAll(async () => {
    cast = await openCast();
  });
  afterAll(async () => {
    await closeCast(cast);
  });

  it("founds the organisation by the link of the first start", () => found(cast));
  it("shows the clause behind a cell, adopts the policy and acknowledges it", () => adoptPolicy(cast));
  it("adds two colleagues, who come in by their invitations", () => invite(cast));
  it("registers the host, and whom to call", () => register(cast));
  it("sends the log of a web server, by a source of its own", () => sendLog(cast));
  it("finds the scanner in the queue and accepts it, by keyboard alone", () => triage(cast));
  it("declares the incident and says what it is", () => declare(cast));
  it("rates it on three scales, and shows the priority before it is recorded", () => rate(cast));
  it("saves a line on Enter and shows it to a second person at once", () => write(cast));
  it("corrects the line by a new entry, and strikes the old one visibly", () => correct(cast));
  it("takes the log into custody, with everything that tells it from any other", () => takeEvidence(cast));
  it("will not close while a hand-over waits for its answer, and lists it", () => offer(cast));
  it("lets the receiver accept, and the custody form name both with phone", () => takeOver(cast));
  it("asks by keyboard to cut a production host off, and for the consent it needs", () => askToIsolate(cast));
  it("lets a manager consent to exactly that", () => consent(cast));
  it("cuts the host off under that authority, and verifies it", () => cutOff(cast));
  it("leads by the keyboard from an open gate to its proof", () => proveGate(cast));
  it("unlocks the way back with the last proof", () => reconnect(cast));
  it("works a checklist off", () => checklists(cast));
  it("says under whose name it writes", () => letterhead(cast));
  it("tells the other site by a letter that leaves exactly as it was shown", () => tell(cast));
  it("holds the review", () => review(cast));
  it("counts what it costs", () => count(cast));
  it("looks back at how it stood", () => lookBack(cast));
  it("closes once everything is settled", () => close(cast));

  it("puts the report on paper", () => report(cast));

  it("hands out a case file that verifies with the key from elsewhere", async () => {
    const path = await handOut(cast);
    await rename(path, `${path}.tar`);
    const { vkey } = await cast.ada.client.ask("log.checkpoint", {});
    await writeFile(`${path}.key`, `${vkey}\n`);

    expect(await verifyCaseFile(`${path}.tar`, { keyFile: `${path}.key` })).toMatchObject({
      status: "sound",
    });
  });

  it("shows every page sound in both designs", async () => {
    const { page } = cast.ada;
    const inside = ["", "/facts", "/entries/1", "/close", "/case-file", "/evidence"].map(
      (each) => `/incidents/${cast.incident}${each}`,
    );
    const outside = [
      "/",
      "/declare",
      "/incidents",
      "/evidence",
      "/policy",
      "/people",
      "/profile",
      "/nowhere",
      "/measures",
      "/improvements",
      "/exercises",
      "/exercises/plan",
      "/advisories",
      "/advisories/draft",
      "/replies",
      "/master-copies",
    ];
    for (const path of [...outside, ...inside]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      await isSound(page, path.replace(/\/(inc_\w+)?/g, "-").slice(1) || "now");
    }
  });

  it("never broke its own Content-Security-Policy, left its origin or threw", () => behaved(cast));
});
