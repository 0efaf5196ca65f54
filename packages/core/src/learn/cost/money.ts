import * as z from "zod";

/** Currencies in use whose smallest unit is not a hundredth. @source ISO 4217, list one */
const UNUSUAL_DIGITS: Readonly<Record<string, number>> = {
  ...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0 },
  ...{ VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4 },
};

const HUNDREDTHS =
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP " +
  "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR " +
  "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN " +
  "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP " +
  "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";

/** Codes of currencies that people pay in, by their letters. @source ISO 4217 */
export const CURRENCIES: readonly string[] = [
  ...HUNDREDTHS.split(" "),
  ...Object.keys(UNUSUAL_DIGITS),
].toSorted();

const KNOWN = new Set(CURRENCIES);

/** The code of a currency, such as `EUR`. */
export const Currency = z
  .string()
  .max(3)
  .refine((code) => KNOWN.has(code), { error: "is not a currency; write its three letters, such as EUR" })
  .meta({ pattern: "^[A-Z]{3}$" });
export type Currency = z.infer<typeof Currency>;

/** A number of money or of an exchange rate as text, exactly: digits, and after a point at most twelve more. */
export const Decimal = z
  .string()
  .max(28)
  .regex(/^\d{1,15}(\.\d{1,12})?$/, { error: "is not a number such as 1250.50" });
export type Decimal = z.infer<typeof Decimal>;

/** How many digits the smallest unit of a currency stands behind the point. */
export function minorDigitsOf(currency: Currency): number {
  return UNUSUAL_DIGITS[currency] ?? 2;
}

/** A number as a fraction of whole numbers: nothing of it is lost. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** The number that a decimal writes. */
export function fractionOf(decimal: Decimal): Fraction {
  const [whole = "0", behind = ""] = decimal.split(".");
  return { over: BigInt(whole + behind), under: 10n ** BigInt(behind.length) };
}

/** The two numbers multiplied. */
export function times(one: Fraction, other: Fraction): Fraction {
  return { over: one.over * other.over, under: one.under * other.under };
}

/**
 * The number in whole smallest units of a currency, rounded to the nearest; of two as near, to the even one. This is
 * the only place where money is rounded, and each amount is rounded once.
 */
export function minorUnitsOf({ over, under }: Fraction, currency: Currency): bigint {
  const scaled = over * 10n ** BigInt(minorDigitsOf(currency));
  const [whole, rest] = [scaled / under, scaled % under];
  const twice = rest * 2n;
  if (twice < under || (twice === under && whole % 2n === 0n)) return whole;
  return whole + 1n;
}

/** Whether an amount is a number of whole smallest units of the currency. */
export function isWhole(amount: Decimal, currency: Currency): boolean {
  const behind = (amount.split(".")[1] ?? "").replace(/0+$/, "");
  return behind.length <= minorDigitsOf(currency);
}

/** Whole smallest units as a decimal with all the digits that the currency has: `1234.50`. */
export function decimalOf(minorUnits: bigint, currency: Currency): Decimal {
  const digits = minorDigitsOf(currency);
  const text = String(minorUnits).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The exact sum of amounts of one currency, in any order; `0.00` of none. */
export function sumOf(amounts: readonly Decimal[], currency: Currency): Decimal {
  let sum = 0n;
  for (const amount of amounts) sum += minorUnitsOf(fractionOf(amount), currency);
  return decimalOf(sum, currency);
}
