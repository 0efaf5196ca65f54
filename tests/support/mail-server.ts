import type { Socket } from "node:net";
import { SMTPServer } from "smtp-server";

/**
 * A mail server on this machine that keeps what it is given; it refuses whom `refuses` names, and its line breaks
 * after the last byte of what goes to `breaksAt`.
 */
export async function mailServer(refuses = "", breaksAt = "") {
  const trouble = { refuses, breaksAt };
  const taken: { readonly to: string; readonly bytes: string }[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: ({ address }, _session, done) =>
      done(
        address === trouble.refuses
          ? Object.assign(new Error("No such mailbox"), { responseCode: 550 })
          : undefined,
      ),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        // The mail is here whole, and the line breaks before the server can say so.
        if (envelope.rcptTo.some(({ address }) => address === trouble.breaksAt)) {
          for (const socket of sockets) socket.destroy();
          return;
        }
        taken.push({
          to: envelope.rcptTo.map(({ address }) => address).join(),
          bytes: Buffer.concat(chunks).toString("utf8"),
        });
        done(null, "queued");
      });
    },
  });
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (typeof address !== "object" || address === null) throw new Error("The mail server has no port");
  return {
    port: address.port,
    taken,
    /** From now on everybody gets their mail. */
    mend: () => Object.assign(trouble, { refuses: "", breaksAt: "" }),
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
