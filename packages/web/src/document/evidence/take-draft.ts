import type { Item, OperationInput } from "../../api/contract.ts";
import { incidentIdOf } from "../../api/ids.ts";
import type { Upload } from "./uploads.ts";

/** What is written in the form; addresses as one types them, several in a line. */
export type TakeDraft = {
  readonly as: "file" | "thing";
  readonly what: string;
  readonly kind: Item["identification"]["kind"];
  readonly foundAt: string;
  readonly place: string;
  readonly serialNumber: string;
  readonly model: string;
  readonly hostname: string;
  readonly macAddresses: string;
  readonly ipAddresses: string;
  readonly changedByCollecting: string;
  readonly remarks: string;
};

const LAST_PLACE = "jumpkit.last-place";

/** An empty form; the place is where the last item was put. */
export function emptyTake(): TakeDraft {
  return {
    as: "file",
    what: "",
    kind: "file",
    foundAt: "",
    place: localStorage.getItem(LAST_PLACE) ?? "",
    serialNumber: "",
    model: "",
    hostname: "",
    macAddresses: "",
    ipAddresses: "",
    changedByCollecting: "",
    remarks: "",
  };
}

/** Remembers where items are put in this browser. */
export function rememberPlace(place: string): void {
  localStorage.setItem(LAST_PLACE, place);
}

/** The form as the operation takes it. */
export function takeInput(
  incident: string,
  { as, macAddresses, ipAddresses, ...said }: TakeDraft,
  upload: Upload | undefined,
): OperationInput<"evidence.collect"> {
  return {
    incident: incidentIdOf(incident),
    ...said,
    macAddresses: wordsIn(macAddresses),
    ipAddresses: wordsIn(ipAddresses),
    upload: as === "file" ? (upload?.arrived?.upload ?? null) : null,
  };
}

/** The words of a text that are parted by spaces, commas, semicolons or new lines. */
export function wordsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

/** What is still missing before the item can be taken, as the button says it; `undefined` when nothing is. */
export function stillMissing(draft: TakeDraft, upload: Upload | undefined): string | undefined {
  if (draft.as === "file" && upload === undefined) return "Choose a file first.";
  if (draft.as === "file" && upload?.arrived === undefined) return "The file has to arrive first.";
  if (draft.what.trim() === "") return "Say what it is.";
  if (draft.foundAt.trim() === "") return "Say where it was found.";
  if (draft.place.trim() === "") return "Say where it is kept.";
  return undefined;
}
