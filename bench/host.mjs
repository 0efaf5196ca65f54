/** What a master copy costs beside the programs of Debian that do the same job. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figure, notMeasured } from "./support/figure.mjs";
import { makeManifest } from "./support/manifests.mjs";
import { ROOT } from "./support/root.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS =
  "One `master-copy create` with two workers and extended attributes, against AIDE (two workers, the same attributes), hashdeep (SHA-256 alone) and NetBSD's mtree, on programs and headers of this machine and on 100,000 small files; warm, CPU of all processes, medians of three interleaved rounds.";

const MAIN = join(ROOT, "packages/jumpkit/dist/main.js");
const MIXED = ["bin", "sbin", "libexec", "include"];
const ROUNDS = 3;

export async function measure({ quick }) {
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-bench-host-"));
  try {
    const trees = [
      { name: "mixed tree", path: mixedTree(folder, quick), hashdeepBar: 0.4 },
      { name: "small files", path: smallTree(folder, quick ? 1000 : 100_000), hashdeepBar: 0.4 },
    ];
    const details = {};
    const figures = [];
    for (const tree of trees) {
      const rounds = roundsOf(tree.path, folder, quick ? 1 : ROUNDS);
      details[tree.name] = rounds;
      figures.push(...figuresOf(tree, rounds));
    }
    figures.push(boundFigure(details["mixed tree"].ours, trees[0].path));
    figures.push(...(await manifestFigures(folder, quick)));
    figures.push(...memoryFigures(folder, quick));
    return { figures, details };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same job by each program, in turn; undefined where a program is not here. */
function roundsOf(tree, folder, count) {
  const out = join(folder, "out.gz");
  const aide = join(folder, "aide.conf");
  const attributes = "p+u+g+s+m+c+i+n+l+ftype+acl+xattrs+sha256";
  writeFileSync(
    aide,
    `database_out=file:${join(folder, "aide.db")}\ngzip_dbout=no\nAll = ${attributes}\n${tree} All\n`,
  );
  const mtree = ["mtree-netbsd", "mtree"].find(isHere);
  const programs = {
    ours: [process.execPath, [MAIN, "master-copy", "create", tree, "--out", out, "--workers", "2"]],
    aide: isHere("aide") && ["aide", ["--init", "--workers=2", "-c", aide]],
    hashdeep: isHere("hashdeep") && ["hashdeep", ["-r", "-l", "-o", "f", "-c", "sha256", tree]],
    mtree: mtree && [mtree, ["-c", "-K", "sha256,mode,uid,gid,size,time,nlink,link,type", "-p", tree]],
  };
  const rounds = Object.fromEntries(
    Object.entries(programs).map(([name, program]) => [name, program ? [] : undefined]),
  );
  for (let round = 0; round <= count; round += 1) {
    for (const [name, program] of Object.entries(programs)) {
      if (!program) continue;
      rmSync(out, { force: true });
      const took = timed(...program);
      // The first round only warms what is read.
      if (round > 0) rounds[name].push(took);
    }
  }
  return rounds;
}

function figuresOf({ name, path, hashdeepBar }, { ours, aide, hashdeep, mtree }) {
  const cpu = (rounds) => median(rounds.map((each) => each.cpu));
  const wall = (rounds) => median(rounds.map((each) => each.wall));
  const against = (what, program, peer, measureOf, bar) =>
    peer === undefined
      ? notMeasured(`${name}: ${what}`, `${program} is not here`)
      : figure(`${name}: ${what}`, measureOf(ours) / measureOf(peer), "×", bar);
  const files = Number(execFileSync("sh", ["-c", `find '${path}' | wc -l`], { encoding: "utf8" }));
  return [
    figure(`${name}: entries`, files, ""),
    figure(`${name}: CPU`, cpu(ours), "s"),
    figure(`${name}: wall`, wall(ours), "s"),
    figure(`${name}: memory at most`, Math.max(...ours.map(({ peakMb }) => peakMb)), "MB"),
    against("CPU against AIDE", "aide", aide, cpu, { atMost: 0.5 }),
    against("wall against AIDE, two workers each", "aide", aide, wall, { atMost: 0.6 }),
    against("CPU against hashdeep", "hashdeep", hashdeep, cpu, { atMost: hashdeepBar }),
    against("CPU against NetBSD's mtree", "mtree", mtree, cpu, {}),
  ];
}

/** Against hashing alone, as fast as OpenSSL does it on this machine. */
function boundFigure(ours, tree) {
  const what = "mixed tree: CPU against hashing alone at the speed of OpenSSL";
  if (!isHere("openssl")) return notMeasured(what, "openssl is not here");
  const speed = execFileSync("openssl", ["speed", "-evp", "sha256", "-bytes", "262144", "-seconds", "1"], {
    encoding: "utf8",
    stdio: "pipe",
  });
  const bytesPerSecond = 1000 * Number(/([\d.]+)k\s*$/.exec(speed)?.[1]);
  const bytes =
    1024 * Number.parseInt(execFileSync("du", ["-sk", "--apparent-size", tree], { encoding: "utf8" }), 10);
  return figure(what, median(ours.map(({ cpu }) => cpu)) / (bytes / bytesPerSecond), "×", { atMost: 2.5 });
}

/** Two manifests that differ here and there. */
async function manifestFigures(folder, quick) {
  const count = quick ? 1000 : 500_000;
  const [older, newer] = ["older.gz", "newer.gz"].map((name) => join(folder, name));
  await makeManifest(older, count, 0);
  await makeManifest(newer, count, 1000);
  const took = timed(process.execPath, [MAIN, "master-copy", "diff", older, newer], 1);
  return [
    figure("two manifests of 500,000 entries compared, wall", took.wall, "s", { atMost: 2 }),
    figure("the same, CPU", took.cpu, "s"),
    figure("the same, memory at most", took.peakMb, "MB"),
  ];
}

/** A million entries: as many names of few files, which cost the walk the same and the disk nothing. */
function memoryFigures(folder, quick) {
  const count = quick ? 2000 : 1_000_000;
  const tree = smallTree(join(folder, "million"), count, 0);
  const out = join(folder, "million.gz");
  const took = timed(process.execPath, [MAIN, "master-copy", "create", tree, "--out", out, "--workers", "2"]);
  return [
    figure("1,000,000 empty files: memory at most", took.peakMb, "MB", { atMost: 200 }),
    figure("1,000,000 empty files: wall", took.wall, "s"),
  ];
}

/** Runs a program to its end: seconds of it and its children, and the most that one process had in memory. */
function timed(command, words, expected = 0) {
  const form = "%e %U %S %M";
  const { stderr, error, status } = spawnSync("/usr/bin/time", ["-f", form, command, ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error !== undefined) throw error;
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  const [wall, user, system, kilobytes] = last.split(" ").map(Number);
  if (status !== expected || !(wall > 0))
    throw new Error(`${command} was not measured: ${stderr.slice(-300)}`);
  return { wall, cpu: user + system, peakMb: (kilobytes * 1024) / 1e6 };
}

function mixedTree(folder, quick) {
  const tree = join(folder, "mixed");
  mkdirSync(tree);
  for (const name of quick ? MIXED.slice(1, 2) : MIXED) {
    if (existsSync(`/usr/${name}`))
      cpSync(`/usr/${name}`, join(tree, name), { recursive: true, verbatimSymlinks: true });
  }
  return tree;
}

function smallTree(folder, count, sizeMax = 2800) {
  const tree = join(folder, "small");
  for (let at = 0; at < count; at += 1) {
    const place = join(tree, String(Math.floor(at / 1000)));
    if (at % 1000 === 0) mkdirSync(place, { recursive: true });
    const size = sizeMax === 0 ? 0 : 200 + ((at * 7919) % sizeMax);
    writeFileSync(join(place, `file-${at}`), Buffer.alloc(size, at % 251));
  }
  return tree;
}

function isHere(name) {
  return spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
}
