/**
 * Whether an address belongs to networks that are never routed in the open: private, link-local, loopback.
 *
 * A hint about which of two ends is ours, and no more. Anything that is no address is outside.
 *
 * @source RFC 1918, RFC 3927, RFC 4193, RFC 4291
 */
export function isInside(address: string): boolean {
  return (
    /^(10|127)\.\d+\.\d+\.\d+$/.test(address) ||
    /^192\.168\.\d+\.\d+$/.test(address) ||
    /^169\.254\.\d+\.\d+$/.test(address) ||
    /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(address) ||
    /^(::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(address)
  );
}
