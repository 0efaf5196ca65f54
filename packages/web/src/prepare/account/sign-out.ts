import { remove } from "../../api/call.ts";

/** Ends the session on the server and leaves by loading the page anew, so that nothing read stays in memory. */
export async function signOut(): Promise<void> {
  await remove("/v1/session");
  location.assign("/sign-in");
}
