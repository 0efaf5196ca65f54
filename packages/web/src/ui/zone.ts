import { createContext, useContext } from "react";

/** The zone of whoever reads: their profile's, else their machine's. */
export const ZoneContext = createContext<string>(Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");

/** The IANA zone in which local times are shown to this person. */
export function useZone(): string {
  return useContext(ZoneContext);
}
