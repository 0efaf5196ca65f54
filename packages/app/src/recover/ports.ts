import type { AssetId, GatePlan, IncidentId, RecoveringHost, RecoveryId } from "@jumpkit/core";

/** What rules ask about hosts on their way back. The incident's row is locked before any host's. */
export interface RecoveryRecords {
  /** Every host of an incident, by name; the caller holds the incident's row. */
  of(incident: IncidentId): Promise<readonly RecoveringHost[]>;
  /** The host, with its incident's row and its own locked until the transaction ends. */
  host(id: RecoveryId): Promise<RecoveringHost | undefined>;
  /** What was said of the gates of every host of an incident. */
  plan(incident: IncidentId): Promise<GatePlan | undefined>;
  /** The host of an incident that is on its way back under this name or asset, or `undefined`. */
  onItsWay(
    incident: IncidentId,
    named: { readonly name: string; readonly asset: AssetId | null },
  ): Promise<RecoveringHost | undefined>;
}

/** What queries read of hosts on their way back. */
export interface RecoveryReading {
  hosts(incident: IncidentId): Promise<readonly RecoveringHost[]>;
  host(id: RecoveryId): Promise<RecoveringHost | undefined>;
  plan(incident: IncidentId): Promise<GatePlan | undefined>;
}
