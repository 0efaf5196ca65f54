import type { Sign } from "../sign/sign.ts";
import { distinct, type ObservableValue, observablesIn, readObservable } from "./recognise.ts";

/** More values than this in one sign say more about the source than about what happened. */
const MAX_VALUES = 100;

/** The different values that a sign names: its addresses first, then what its title and fields hold. */
export function observablesOfSign(sign: Sign): readonly ObservableValue[] {
  const addresses = sign.addresses.flatMap(({ value }) => readObservable(value) ?? []);
  const texts = [sign.title, sign.entity, ...stringsIn(sign.fields), ...stringsIn(sign.extra)];
  return distinct([...addresses, ...observablesIn(texts.join("\n"))]).slice(0, MAX_VALUES);
}

/** Every text in a value, however deep it lies. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
