import { Resolver } from "node:dns/promises";
import type { AskTexts } from "./dkim.ts";

const ANSWER_WITHIN_MS = 3000;
const TEXTS_MAX = 10;
const ABSENT: ReadonlySet<unknown> = new Set(["ENOTFOUND", "ENODATA"]);

/** Asks the name server that the operator named, and no other. @param server  its address, with a port if it has one */
export function asking(server: string): AskTexts {
  const resolver = new Resolver({ timeout: ANSWER_WITHIN_MS, tries: 2 });
  resolver.setServers([server]);
  return async (name) => {
    try {
      const texts = await resolver.resolveTxt(name);
      return texts.slice(0, TEXTS_MAX).map((parts) => parts.join(""));
    } catch (fault) {
      return fault instanceof Error && "code" in fault && ABSENT.has(fault.code) ? "none" : "fault";
    }
  };
}
