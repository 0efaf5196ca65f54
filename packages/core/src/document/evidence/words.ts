/** What a link of the chain of custody is called, by the type of its entry. */
export const CUSTODY_EVENTS: Readonly<Record<string, string>> = {
  "evidence.collected": "Taken into custody",
  "evidence.sealed": "Sealed",
  "evidence.stored": "Stored",
  "evidence.released": "Released to another organisation",
  "evidence.returned": "Taken back",
  "evidence.read": "Content read",
  "handover.offered": "Offered",
  "handover.accepted": "Handed over",
  "handover.refused": "Offer refused",
  "handover.withdrawn": "Offer withdrawn",
};
