import { fork } from "node:child_process";
import { once } from "node:events";

/**
 * Uploads from a process of its own, so that the sender's CPU is not the bench's nor the server's.
 *
 * @param what  `url`, `cookie`, `incident`, and either `file` or `sizeBytes` of random bytes that repeat
 * @returns what the server answered, the `seconds` from the first byte to the answer, and the sender's `cpuSeconds`
 */
export async function send(what) {
  const child = fork(new URL(import.meta.resolve("./sender.mjs")), { stdio: "inherit" });
  child.send(what);
  const [answer] = await Promise.race([once(child, "message"), failure(child)]);
  return answer;
}

async function failure(child) {
  const [code] = await once(child, "exit");
  throw new Error(`The sender ended with ${code}`);
}
