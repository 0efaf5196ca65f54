import type { Viewer } from "../ports.ts";

/** Who released a mail, without the session or token they came with. */
export function senderOf({ session: _s, token: _t, ...sender }: Viewer): Viewer {
  return sender;
}
