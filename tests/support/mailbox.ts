import { createServer, type Socket } from "node:net";

/** Another's mailbox on this machine: as much of IMAP as looking into one folder takes. */
export async function startMailboxServer(secret: string) {
  const mails: string[] = [];
  const said: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
    let open = "";
    socket.on("data", (bytes) => {
      open += bytes.toString("latin1");
      for (let end = open.indexOf("\r\n"); end !== -1; end = open.indexOf("\r\n")) {
        const line = open.slice(0, end);
        open = open.slice(end + 2);
        said.push(line);
        socket.write(answerTo(line));
      }
    });
  });
  const answerTo = (line: string): string => {
    const [tag = "*", ...words] = line.split(" ");
    const command = words.join(" ");
    const done = `${tag} OK done\r\n`;
    if (/^LOGIN/iu.test(command))
      return command.includes(secret) ? done : `${tag} NO [AUTHENTICATIONFAILED] no\r\n`;
    if (/^CAPABILITY/iu.test(command)) return `* CAPABILITY IMAP4rev1\r\n${done}`;
    if (/^LIST/iu.test(command)) return `* LIST () "/" "INBOX"\r\n${done}`;
    if (/^EXAMINE/iu.test(command)) {
      return `* ${mails.length} EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT ${mails.length + 1}] x\r\n${tag} OK [READ-ONLY] done\r\n`;
    }
    if (/^UID SEARCH/iu.test(command)) {
      const from = Number(/(\d+):\*/u.exec(command)?.[1] ?? 1);
      const found = mails.map((_, at) => at + 1).filter((uid) => uid >= from || uid === mails.length);
      return `* SEARCH ${found.join(" ")}\r\n${done}`;
    }
    const uid = Number(/^UID FETCH (\d+)/iu.exec(command)?.[1]);
    const mail = mails[uid - 1];
    if (mail === undefined) return done;
    const size = Buffer.byteLength(mail, "latin1");
    if (!/BODY/iu.test(command)) return `* ${uid} FETCH (UID ${uid} RFC822.SIZE ${size})\r\n${done}`;
    return `* ${uid} FETCH (UID ${uid} BODY[] {${size}}\r\n${mail})\r\n${done}`;
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The mailbox has no port");
  return {
    port: address.port,
    /** Mails that came, in their order, as bytes in Latin-1. */
    mails,
    /** What was asked of it. */
    said,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
