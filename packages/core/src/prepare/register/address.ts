import * as z from "zod";

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

const V4 = z.ipv4();
const V6 = z.ipv6();
const RANGE_V4 = z.cidrv4();
const RANGE_V6 = z.cidrv6();

/** One IP address, version 4 or 6, without port, prefix or scope. */
export const Address = z
  .string()
  .max(45)
  .refine((text) => V4.safeParse(text).success || V6.safeParse(text).success, {
    error: "is not an IPv4 or IPv6 address",
  });

/** A range of addresses such as `192.0.2.0/24` or `2001:db8::/32`. */
export const Cidr = z
  .string()
  .max(49)
  .refine((text) => RANGE_V4.safeParse(text).success || RANGE_V6.safeParse(text).success, {
    error: "is not a range such as 192.0.2.0/24 or 2001:db8::/32",
  });

/** Whether a text is one IP address. */
export function isAddress(text: string): boolean {
  return Address.safeParse(text).success;
}

/** The address without its disguise: an IPv4 address mapped into IPv6 becomes the IPv4 address it is. */
export function plainAddress(address: string): string {
  return MAPPED.exec(address)?.[1] ?? address;
}

/** A host name as it is compared: without case and without the root's dot. */
export function foldName(name: string): string {
  const folded = name.trim().toLowerCase();
  return folded.length > 1 && folded.endsWith(".") ? folded.slice(0, -1) : folded;
}
