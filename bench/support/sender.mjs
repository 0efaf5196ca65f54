/** The process that {@link send} starts: uploads what it is told and tells how long that took. */
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { request } from "node:http";

const BLOCK_BYTES = 2 ** 20;

process.once("message", async ({ url, cookie, incident, file, sizeBytes }) => {
  const length = file === undefined ? sizeBytes : statSync(file).size;
  const source = file === undefined ? blocks(length) : blocksOf(file);
  const startedAt = performance.now();
  const sent = request(`${url}/v1/upload/${incident}?name=disk.img`, {
    method: "PUT",
    headers: { cookie, "content-type": "application/octet-stream", "content-length": length },
  });
  const answered = new Promise((resolve, reject) => {
    sent.once("response", resolve);
    sent.once("error", reject);
  });
  let writing = Promise.resolve();
  for await (const block of source) {
    await writing;
    writing = new Promise((resolve, reject) =>
      sent.write(block, (error) => (error == null ? resolve() : reject(error))),
    );
  }
  await writing;
  sent.end();
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

/** The file's blocks in memory that is used again: a block is good until the second one after it is asked for. */
async function* blocksOf(path) {
  const handle = await open(path);
  const memory = [Buffer.alloc(BLOCK_BYTES), Buffer.alloc(BLOCK_BYTES), Buffer.alloc(BLOCK_BYTES)];
  try {
    for (let turn = 0; ; turn = (turn + 1) % memory.length) {
      const { bytesRead, buffer } = await handle.read(memory[turn], 0, BLOCK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
