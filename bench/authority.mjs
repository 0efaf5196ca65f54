/** How long it takes to decide whether somebody may, with everything that the decision needs loaded anew. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { figure } from "./support/figure.mjs";
import { Hearing } from "./support/hearing.mjs";
import { ROOT } from "./support/root.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";

export const SAYS =
  "One decision of the policy with at least 200 rules, in this process on the server's database: the person by their session with roles own and lent, the policy in force, consents with the roles of whoever gave them, broken glass, and the answer; one after the other. Then, through HTTP, from asking for consent until the approver's page has it, and from consenting until both pages have that.";

const DECISIONS = 3000;
const WARM_UP = 300;
const REQUESTS = 40;

export async function measure({ quick }) {
  const served = await Served.start();
  const probe = join(ROOT, "node_modules", ".cache", `jumpkit-authority-${process.pid}.mjs`);
  const opened = [];
  try {
    const { bo, ada, rules, actions } = await prepared(served, opened);
    const approval = await askedAndApproved(bo, ada);
    const product = await storeOf(probe);
    const pool = product.openPool(urlOf(served.connection()), 4);
    const place = { product, pool, secret: bo.cookie.split("=")[1], approval, actions };
    const engine = new product.CedarEngine();
    await decide(place, engine, quick ? 5 : WARM_UP);
    const taken = await decide(place, engine, quick ? 20 : DECISIONS);
    const first = await decide(place, new product.CedarEngine(), actions.length);
    await pool.end();
    const seen = await seenAfter(bo, ada, quick ? 2 : REQUESTS);
    return {
      figures: [
        figure("a decision with everything loaded, p50", percentile(taken, 50), "ms"),
        figure("a decision with everything loaded, p95", percentile(taken, 95), "ms", { atMost: 5 }),
        figure("the first about each action since a start, p95", percentile(first.slice(1), 95), "ms"),
        figure("the very first since a start", first[0], "ms"),
        figure("rules of the policy", rules, "", { atLeast: 200 }),
        figure("asked until the approver's page has it, p95", percentile(seen.asked, 95), "ms", {
          atMost: 1000,
        }),
        figure("decided until everybody's page has it, p95", percentile(seen.decided, 95), "ms", {
          atMost: 1000,
        }),
      ],
      details: { taken: taken.length, first, seen },
    };
  } finally {
    for (const each of opened) each.leave();
    rmSync(probe, { force: true });
    await served.remove();
  }
}

/** Ada and Bo, a policy with a rule in every cell that may have one, and the number of its rules. */
async function prepared(served, opened) {
  const ada = served.visitor();
  const me = await ada.found(served.setUpSecret);
  const { visitor: bo, person } = await ada.addColleague("bo");
  opened.push(ada, bo);
  const { shipped, actions } = await ada.ask("/v1/policy");
  const forbidden = new Set(actions.filter(({ absolute }) => absolute).map(({ id }) => id));
  const roles = Object.keys(shipped.rows[0].grants);
  const rows = shipped.rows.map((row) => (forbidden.has(row.action) ? row : filled(row, roles)));
  const { revision, digest } = await ada.do("/v1/policy/draft", { seen: 0, document: { ...shipped, rows } });
  const { items } = await ada.ask("/v1/person");
  const seen = items.find(({ id }) => id === person).changedSeq;
  // A second manager has to consent; as it came, Bo is a handler again.
  await ada.do(`/v1/person/${person}/assign`, { seen, roles: ["manager", "handler"] });
  await bo.do("/v1/policy/consent", { revision, digest });
  const again = (await ada.ask("/v1/person")).items.find(({ id }) => id === person).changedSeq;
  await ada.do(`/v1/person/${person}/assign`, { seen: again, roles: ["handler"] });
  const untilAt = new Date(Date.now() + 3_600_000).toISOString();
  await ada.do("/v1/authority/delegate", {
    from: me.id,
    to: person,
    role: "custodian",
    untilAt,
    reason: "x",
  });
  const rules = (actions.length - forbidden.size) * roles.length + forbidden.size;
  return { ada, bo, rules, actions: actions.map(({ id }) => id) };
}

/** Permitted everywhere, but to handlers with a manager's consent where case files go out. */
function filled(row, roles) {
  const grants = Object.fromEntries(roles.map((role) => [role, { effect: "permitted" }]));
  const consent = { effect: "approval", by: ["manager"] };
  const asked = row.action === "incident.export" ? { handler: consent, custodian: consent } : {};
  return { ...row, grants: { ...grants, ...asked } };
}

let asked = 0;

async function ask(bo, incident) {
  asked += 1;
  const parameters = { incident, recipient: "The insurer", purpose: `claim ${asked}` };
  const wanted = { operation: "incident.export", parameters, reason: "They wait for it", minutes: 60 };
  return (await bo.do("/v1/approval/request", wanted)).approval;
}

async function askedAndApproved(bo, ada) {
  const { incident } = await bo.do("/v1/incident/report", { what: "A worm in the lab", ongoing: "yes" });
  const approval = await ask(bo, incident);
  await ada.do(`/v1/approval/${approval}/approve`, { condition: "" });
  return approval;
}

/** The product's own store, bundled as the server's is, to be measured without a network. */
async function storeOf(outfile) {
  mkdirSync(join(ROOT, "node_modules", ".cache"), { recursive: true });
  await build({
    entryPoints: [join(ROOT, "packages/store/src/index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    conditions: ["source"],
    packages: "external",
    alias: Object.fromEntries(
      ["app", "core", "exchange", "tlog", "store"].map((name) => [
        `@jumpkit/${name}`,
        join(ROOT, `packages/${name}/src/index.ts`),
      ]),
    ),
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}

function urlOf({ host, port, database, user, password }) {
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

/** Decides so many times, about one action after the other; the milliseconds of each. */
async function decide({ product, pool, secret, approval, actions }, engine, count) {
  const publisher = { publish: () => Promise.reject(new Error("nobody asks")) };
  const world = new product.PostgresWorld({ pool, engine, publisher });
  const accounts = new product.Accounts(pool, () => world.clock.now());
  const taken = [];
  for (let at = 0; at < count; at += 1) {
    const action = actions[at % actions.length];
    const startedAt = performance.now();
    const viewer = await accounts.viewer(secret);
    await world.transaction(viewer.organisation, async ({ records, authority }) => {
      const { consents: given, asker } = await records.approvals.approval(approval);
      const people = given.map(({ person }) => person);
      const consents = await records.approvals.rolesNow(people, asker);
      const broken = await records.breakGlass.brokenBy(viewer.id, action);
      await authority.permits(viewer, action, { consents, brokenGlass: broken.length > 0 });
    });
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** From the press of a button until the other side has read what the live stream told it to read. */
async function seenAfter(bo, ada, count) {
  const { items } = await ada.ask("/v1/incident");
  const [approver, asker] = [await Hearing.open(ada), await Hearing.open(bo)];
  const [askedMs, decidedMs] = [[], []];
  try {
    for (let at = 0; at < count; at += 1) {
      let startedAt = performance.now();
      let heard = approver.next("approval");
      const approval = await ask(bo, items[0].id);
      await heard;
      await ada.ask("/v1/approval?which=to_decide");
      askedMs.push(performance.now() - startedAt);
      startedAt = performance.now();
      heard = Promise.all([approver.next("approval"), asker.next("approval")]);
      await ada.do(`/v1/approval/${approval}/approve`, { condition: "" });
      await heard;
      await Promise.all([ada, bo].map((each) => each.ask(`/v1/approval/${approval}`)));
      decidedMs.push(performance.now() - startedAt);
    }
  } finally {
    approver.close();
    asker.close();
  }
  return { asked: askedMs, decided: decidedMs };
}
