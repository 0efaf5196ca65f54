/** How fast evidence comes in, hashed and encrypted on the way, and that its size costs no memory. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figure } from "./support/figure.mjs";
import { forgetPeak, peakBytes } from "./support/process.mjs";
import { send } from "./support/send.mjs";
import { Served } from "./support/served.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS =
  "Streaming PUT, hashed, encrypted and fsynced, against `openssl dgst -sha256` on the same file; interleaved rounds, the sender a process of its own on the same machine.";

const MIB = 2 ** 20;
const ROUNDS = 5;
const FILE_MIB = 512;
const SIZES_MIB = [1, 64, 512, 2048];
const PEAK_ROUNDS = 3;

/** What the server may hold more for the largest upload than for the smallest, and still count as flat: 3 % of it. */
const FLAT_MB = 64;

export async function measure({ quick }) {
  const sizesMib = quick ? [1, 16] : SIZES_MIB;
  const rounds = await speed(quick ? 1 : ROUNDS, quick ? 16 : FILE_MIB);
  const peaks = [];
  for (const mib of sizesMib) peaks.push({ mib, ...(await peak(mib, quick ? 1 : PEAK_ROUNDS)) });
  const [smallest, largest] = [peaks[0], peaks.at(-1)];
  return {
    figures: [
      figure("throughput, share of openssl's", percent(rounds, "seconds"), "%", { atLeast: 40 }),
      figure("the same by CPU, server and database", percent(rounds, "cpuSeconds"), "%"),
      figure("upload", median(rounds.map(({ upload, mib }) => mib / upload.seconds)), "MiB/s"),
      figure("openssl", median(rounds.map(({ openssl, mib }) => mib / openssl.seconds)), "MiB/s"),
      ...peaks.map(({ mib, peakMegabytes }) => figure(`peak of the server, ${mib} MiB`, peakMegabytes, "MB")),
      figure(
        `growth of the peak from ${smallest.mib} to ${largest.mib} MiB`,
        Math.max(0, largest.peakMegabytes - smallest.peakMegabytes),
        "MB",
        { atMost: FLAT_MB },
      ),
    ],
    details: { openssl: opensslVersion(), rounds, peaks },
  };
}

/** The median over the rounds of how much of openssl's speed the upload has, in percent. */
function percent(rounds, field) {
  return 100 * median(rounds.map(({ upload, openssl }) => openssl[field] / upload[field]));
}

async function speed(count, mib) {
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-bench-file-"));
  const { served, to } = await serve();
  try {
    const file = join(folder, "disk.img");
    writeFileSync(file, "");
    for (let written = 0; written < mib; written += 1) appendFileSync(file, randomBytes(MIB));
    await send({ ...to, sizeBytes: 16 * MIB });
    const rounds = [];
    for (let round = 0; round < count; round += 1) {
      const openssl = dgst(file);
      const before = total(served.cpu());
      const { seconds, sha256, cpuSeconds: senderCpuSeconds } = await send({ ...to, file });
      if (sha256 !== openssl.sha256) throw new Error("The server and openssl do not agree on the digest");
      const upload = { seconds, cpuSeconds: total(served.cpu()) - before, senderCpuSeconds };
      rounds.push({ mib, openssl, upload });
    }
    return rounds;
  } finally {
    await served.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The most memory that a server has resident during an upload: each time a fresh server, and the median. */
async function peak(mib, count) {
  const megabytes = [];
  for (let round = 0; round < count; round += 1) {
    const { served, to } = await serve();
    try {
      await send({ ...to, sizeBytes: MIB / 4 });
      forgetPeak(served.pid);
      await send({ ...to, sizeBytes: mib * MIB });
      megabytes.push(peakBytes(served.pid) / 1e6);
    } finally {
      await served.remove();
    }
  }
  return { peakMegabytes: median(megabytes), megabytes };
}

async function serve() {
  const served = await Served.start();
  const visitor = served.visitor();
  const { id } = await visitor.found(served.setUpSecret);
  const incident = await visitor.declare("A disk is to be kept", id);
  visitor.leave();
  return { served, to: { url: served.url, cookie: visitor.cookie, incident } };
}

/** Hashes with openssl; the shell's own `times` tells the CPU of what it ran. */
function dgst(file) {
  const startedAt = performance.now();
  const { stdout, status } = spawnSync("sh", ["-c", 'openssl dgst -sha256 -r "$1"; times', "sh", file], {
    encoding: "utf8",
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (status !== 0) throw new Error("openssl dgst failed");
  const [digest, , ofChildren] = stdout.split("\n");
  const cpuSeconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
    0,
  );
  return { sha256: digest.split(" ")[0], seconds, cpuSeconds };
}

function total({ server, database }) {
  return server + database;
}

function opensslVersion() {
  return spawnSync("sh", ["-c", "openssl version"], { encoding: "utf8" }).stdout.trim();
}
