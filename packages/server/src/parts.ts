import type {
  Accounts,
  Attempts,
  Changes,
  Files,
  Identities,
  Press,
  Provider,
  Reading,
  Receipts,
  SecondFactors,
  Spool,
  World,
} from "@jumpkit/app";
import type { OrganisationId } from "@jumpkit/core";
import type { TakeMailParts } from "./coordinate/take-mail.ts";
import type { Network } from "./network.ts";
import type { SteadyWork } from "./steady-work.ts";

/** What the composition root hands to the server. */
export interface ServerParts {
  readonly world: World & {
    reading<Value>(organisation: OrganisationId, work: (reading: Reading) => Promise<Value>): Promise<Value>;
  };
  readonly accounts: Accounts;
  readonly factors: SecondFactors;
  readonly attempts: Attempts;
  readonly identities: Identities;
  /** The provider at which people may sign in, if any. */
  readonly provider: Provider | undefined;
  readonly files: Files;
  readonly receipts: Receipts;
  /** The mail server whose word on a sender counts, as it calls itself; `undefined` for none. */
  readonly trustedHost: string | undefined;
  /** What opens mail that is encrypted to an organisation. */
  readonly pgpOf: TakeMailParts["pgpOf"];
  /** The name server that may be asked about senders of mail; `undefined` where nobody is asked. */
  readonly resolver: string | undefined;
  /** Whether people without an account find a form to report with. */
  readonly reportForm: boolean;
  /** What documents are put on paper with. */
  readonly press: Press;
  readonly changes: Changes;
  readonly spool: Spool;
  /** What works off the batches that the spool holds. */
  readonly intake: Pick<SteadyWork, "wake">;
  /** Folder of the built pages, with its `index.html`. */
  readonly pagesFolder: string;
  readonly network: Network;
  /** Who may read the figures beside this machine itself: some addresses, and whoever has the token. */
  readonly metrics: {
    readonly mayRead: (address: string) => boolean;
    readonly token: string | undefined;
  };
  readonly log: "silent" | "info" | "warn";
}
