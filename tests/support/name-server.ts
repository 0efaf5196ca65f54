import { createSocket } from "node:dgram";

/** A name server on this machine that answers with texts, over UDP; `asked` is what it was asked, in order. */
export async function startNameServer(texts: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const { name, end } = nameIn(question);
    asked.push(name);
    const text = texts[name];
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(text === undefined ? 0 : 1, 6);
    head.writeUInt32BE(0, 8);
    const answer = text === undefined ? Buffer.alloc(0) : answerOf(text);
    socket.send(Buffer.concat([head, question.subarray(12, end), answer]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((done) => socket.close(() => done())),
  };
}

/** The name that a question is about, and where the question ends. */
function nameIn(question: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 5 };
}

/** A record of texts at the name of the question. */
function answerOf(text: string): Buffer {
  const parts = (text.match(/.{1,255}/gu) ?? []).map((each) =>
    Buffer.concat([Buffer.from([each.length]), Buffer.from(each, "latin1")]),
  );
  const data = Buffer.concat(parts);
  const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
