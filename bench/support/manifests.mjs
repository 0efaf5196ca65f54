import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** Writes a manifest of a host that does not exist; the first `changed` of its entries have other content. */
export async function makeManifest(path, count, changed) {
  const hash = createHash("sha256");
  function* lines() {
    const header = {
      v: "jumpkit-manifest/1",
      tool: "bench",
      host: "www3",
      base: "/",
      roots: ["/"],
      startedAt: "2026-01-01T00:00:00.000Z",
      algorithm: "sha256",
      collected: ["type", "sha256"],
      notCollected: { xattrs: "made up" },
      crossMounts: false,
      excluded: {},
    };
    yield `${JSON.stringify(header)}\n`;
    let text = "";
    for (let at = 0; at < count; at += 1) {
      text += lineOf(at, at < changed);
      if (at % 1000 !== 999) continue;
      yield text;
      text = "";
    }
    yield text;
  }
  function* hashed() {
    for (const text of lines()) {
      hash.update(text);
      yield text;
    }
    const counted = { entryCount: count, readBytes: 0, troubles: {}, touchedCount: 0 };
    const trailer = { end: true, ...counted, endedAt: "2026-01-01T00:01:00.000Z" };
    yield `${JSON.stringify({ ...trailer, sha256: hash.digest("hex") })}\n`;
  }
  await pipeline(Readable.from(hashed()), createGzip({ level: 1 }), createWriteStream(path));
}

function lineOf(at, isChanged) {
  const name = String(at).padStart(7, "0");
  const digest = createHash("sha256").update(`${name}${isChanged}`).digest("hex");
  const time = `1795${name}42695644`;
  return `{"p":"/usr/share/d${name.slice(0, 4)}/file-${name}","t":"f","m":"644","u":0,"g":0,"s":${at},"n":1,"mt":"${time}","ct":"${time}","i":"${at}","h":"${digest}"}\n`;
}
