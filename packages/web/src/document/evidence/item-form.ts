import type { Item } from "../../api/contract.ts";
import type { ItemVerb } from "./item-verbs.ts";

/** What every form of a verb is given. */
export type ItemFormProps = { readonly item: Item; readonly verb: ItemVerb; readonly onDone: () => void };
