/** What a check gives back: the value it read, or a refusal that says why not. Exceptions are left to bugs. */
export type Result<Value, Refused> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refused };

/** The accepted outcome `value`. */
export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** The refused outcome; `refusal.code` is `noun.reason`. */
export function refuse<const Refused>(refusal: Refused): { readonly ok: false; readonly refusal: Refused } {
  return { ok: false, refusal };
}
