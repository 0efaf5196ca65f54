import * as z from "zod";

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** One IP address, version 4 or 6, without port, prefix or scope. */
export const Address = z
  .union([z.ipv4(), z.ipv6()])
  .meta({ description: "An IPv4 or IPv6 address", format: "ip" });

/** A range of addresses such as `192.0.2.0/24` or `2001:db8::/32`. */
export const Cidr = z
  .union([z.cidrv4(), z.cidrv6()])
  .meta({ description: "An IPv4 or IPv6 range with its prefix length" });

/** Whether a text is one IP address. */
export function isAddress(text: string): boolean {
  return text.length <= 45 && Address.safeParse(text).success;
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
