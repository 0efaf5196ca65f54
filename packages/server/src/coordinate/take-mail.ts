import { randomBytes } from "node:crypto";
import {
  type AnsweredId,
  execute,
  type Files,
  MAIL_HEAD_BYTES,
  type Operation,
  type Reading,
  type Refusal,
  type Reply,
  type Viewer,
  type World,
} from "@jumpkit/app";
import {
  accept,
  type DkimCheck,
  idFrom,
  type OrganisationId,
  type ReplyWay,
  type Result,
  refuse,
  unixMsOf,
} from "@jumpkit/core";

import { openedMail } from "./open-mail.ts";
import type { Pgp } from "./openpgp.ts";

/** How large a reply may be; larger ones are evidence. */
export const REPLY_MAX_BYTES = 40 * 1024 * 1024;

/** What taking mail in is made of. */
export interface TakeMailParts {
  readonly world: World & {
    reading<Value>(organisation: OrganisationId, work: (reading: Reading) => Promise<Value>): Promise<Value>;
  };
  readonly files: Pick<Files, "receive">;
  /** The server whose word on a sender counts; `undefined` while the operator named none. */
  readonly trustedHost: string | undefined;
  readonly pgpOf: (organisation: string) => Pick<Pgp, "open">;
  /** The name server that may be asked about senders; `undefined` where nobody is asked. */
  readonly resolver: string | undefined;
}

/**
 * Takes a mail in: its bytes are hashed and safe on disk before a word of it stands on the record.
 *
 * Only its beginning is read, and that while it flows by: however large it is, little of it is held in memory.
 *
 * @returns the reply with what it answers; `reply.too_large`, `reply.known`, or what the operation refuses
 */
export async function takeMail(
  { world, files, trustedHost, pgpOf, resolver }: TakeMailParts,
  operation: Operation,
  viewer: Viewer,
  from: {
    readonly chunks: AsyncIterable<Uint8Array>;
    readonly name: string;
    readonly way: ReplyWay;
    readonly chosen: AnsweredId | null;
  },
): Promise<Result<Reply, Refusal>> {
  const reply = idFrom("rpl", unixMsOf(world.clock.now()), randomBytes(10));
  const head = new Head();
  const file = { name: from.name, announced: undefined };
  const received = await headed(() => files.receive(viewer, reply, file, head.of(from.chunks)));
  if (!received.ok) return received;
  const { id: upload, sizeBytes } = received.value;
  const bytes = head.bytes();
  const { organisation } = viewer;
  const whole = bytes.length === sizeBytes;
  const opened = await openedMail(bytes, whole, {
    trustedHost,
    pgp: pgpOf(organisation),
    keysOf: ({ fromAddress, references }) =>
      world.reading(organisation, ({ replies }) => replies.keyHolders(fromAddress, references)),
  });
  const dkim = resolver === undefined || !whole ? undefined : await dkimOf(bytes, resolver, world);
  const mail = { ...opened, ...(dkim && { dkim }) };
  const { way, chosen } = from;
  return execute(world, operation, { viewer, key: reply, input: { reply, upload, way, mail, chosen } });
}

async function dkimOf(bytes: Uint8Array, resolver: string, { clock }: World): Promise<readonly DkimCheck[]> {
  // Loaded with the first mail that is checked: most servers ask nobody.
  const [{ checkDkim }, { asking }] = await Promise.all([import("./dkim.ts"), import("./name-service.ts")]);
  return checkDkim(bytes, asking(resolver), new Date(clock.now()));
}

class TooLarge extends Error {
  override readonly name = "TooLarge";
}

async function headed<Value>(work: () => Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  try {
    const outcome = await work();
    return outcome.ok ? accept(outcome.value) : outcome;
  } catch (fault) {
    if (fault instanceof TooLarge) return refuse({ code: "reply.too_large" });
    throw fault;
  }
}

/** Keeps the beginning of what flows through it. */
class Head {
  readonly #kept: Uint8Array[] = [];
  #keptBytes = 0;

  async *of(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > REPLY_MAX_BYTES) throw new TooLarge();
      const room = MAIL_HEAD_BYTES - this.#keptBytes;
      if (room > 0) {
        const kept = Uint8Array.from(chunk.subarray(0, room));
        this.#kept.push(kept);
        this.#keptBytes += kept.length;
      }
      yield chunk;
    }
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#kept);
  }
}
