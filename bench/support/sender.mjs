/** The process that {@link send} starts: uploads what it is told and tells how long that took. */
import { randomBytes } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const BLOCK_BYTES = 2 ** 20;

process.once("message", async ({ url, cookie, incident, file, sizeBytes }) => {
  const length = file === undefined ? sizeBytes : statSync(file).size;
  const source =
    file === undefined
      ? Readable.from(blocks(length))
      : createReadStream(file, { highWaterMark: BLOCK_BYTES });
  const startedAt = performance.now();
  const sent = request(`${url}/v1/upload/${incident}?name=disk.img`, {
    method: "PUT",
    headers: { cookie, "content-type": "application/octet-stream", "content-length": length },
  });
  const answered = new Promise((resolve, reject) => {
    sent.once("response", resolve);
    sent.once("error", reject);
  });
  await pipeline(source, sent);
  const answer = await answered;
  const body = Buffer.concat(await answer.toArray());
  const seconds = (performance.now() - startedAt) / 1000;
  if (answer.statusCode !== 200) throw new Error(`The upload answered ${answer.statusCode}: ${body}`);
  const { user, system } = process.cpuUsage();
  process.send({ ...JSON.parse(body), seconds, cpuSeconds: (user + system) / 1e6 }, () =>
    process.disconnect(),
  );
});

function* blocks(length) {
  const block = randomBytes(BLOCK_BYTES);
  for (let sent = 0; sent < length; sent += BLOCK_BYTES)
    yield block.subarray(0, Math.min(BLOCK_BYTES, length - sent));
}
