import type { ConnectorRefusal } from "@jumpkit/core";
import type { RefusalRow } from "../refusals.ts";

/** How the refusals of connectors are told. */
export const CONNECTOR_REFUSALS: { readonly [Code in ConnectorRefusal["code"]]: RefusalRow } = {
  "connector.not_set_up": {
    status: 422,
    message: "The operator of the server set up no connector by that name for this organisation.",
    next: "Choose another, or cut it off by hand with the instruction card.",
  },
  "connector.unfit": {
    status: 422,
    message: "This connector cannot cut that off.",
    next: "See in details why: it serves another kind, needs an address that the register does not know, or would read the name as an option. Cut it off by hand with the instruction card.",
  },
  "connector.running": {
    status: 409,
    message: "A connector was let loose on it already and has not ended.",
    next: "Wait for its outcome.",
  },
  "connector.outcome_unknown": {
    status: 409,
    message: "Nobody knows what the last run did: it may have worked.",
    next: "Look at the device, then say what you saw there, or write down that it is cut off.",
  },
  "connector.run_over": {
    status: 409,
    message: "The outcome of this run is recorded already.",
    next: "Nothing is left to do.",
  },
};
