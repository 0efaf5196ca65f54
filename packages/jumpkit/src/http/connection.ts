import { readFileSync, statSync } from "node:fs";
import { TOKEN_PREFIX } from "@jumpkit/app";

/** Which server a command talks to, and by which token. */
export interface Connection {
  /** The server's address without a closing slash. */
  readonly url: string;
  readonly token: string;
}

/** What keeps a command from talking to a server at all; the sentence says what to set. */
export class NotConnected extends Error {
  override readonly name = "NotConnected";
}

const TOKEN = new RegExp(`^${TOKEN_PREFIX}[0-9a-f]{64}$`);

/**
 * Where to send, as the environment and the command line say it.
 *
 * `JUMPKIT_URL` is the server, this machine's usual address when absent. The token is `JUMPKIT_TOKEN`, or stands
 * in the file that `JUMPKIT_TOKEN_FILE` names and that only its owner may read.
 *
 * @param given  what the command line says, which wins
 * @throws NotConnected  the address is none, or would carry the token in clear over a network; no token, or its
 *                       file is open to others
 */
export function readConnection(
  environment: NodeJS.ProcessEnv,
  given: { readonly url?: string | undefined; readonly tokenFile?: string | undefined } = {},
): Connection {
  return {
    url: addressIn(given.url ?? (environment["JUMPKIT_URL"] || "http://127.0.0.1:8484")),
    token: tokenIn(environment, given.tokenFile),
  };
}

function addressIn(text: string): string {
  if (!URL.canParse(text)) throw new NotConnected(`JUMPKIT_URL ${text} is not an address.`);
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new NotConnected(`JUMPKIT_URL ${text} has to begin with https:// or http://.`);
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new NotConnected(
      `JUMPKIT_URL ${text} would send the token in clear over the network. Use the server's https:// address.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function tokenIn(environment: NodeJS.ProcessEnv, tokenFile: string | undefined): string {
  const file = tokenFile ?? environment["JUMPKIT_TOKEN_FILE"];
  const token = file ? tokenInFile(file) : (environment["JUMPKIT_TOKEN"] ?? "");
  if (TOKEN.test(token)) return token;
  throw new NotConnected(
    token === ""
      ? "No token: make one on your profile page, and put it into JUMPKIT_TOKEN or into a file that JUMPKIT_TOKEN_FILE names."
      : `The token in ${file ?? "JUMPKIT_TOKEN"} is not one: it begins with ${TOKEN_PREFIX} and has 64 digits after that.`,
  );
}

function tokenInFile(path: string): string {
  try {
    const { mode } = statSync(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new NotConnected(`${path} can be read by others. Run: chmod 600 ${path}`);
    }
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof NotConnected) throw error;
    throw new NotConnected(`The token file ${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
