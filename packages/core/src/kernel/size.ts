const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** `4.2 MiB`: binary units, one decimal; whole bytes below 1 KiB. */
export function sizeText(sizeBytes: number): string {
  const step = Math.min(
    UNITS.length - 1,
    sizeBytes < 1024 ? 0 : Math.floor(Math.log(sizeBytes) / Math.log(1024)),
  );
  return `${step === 0 ? sizeBytes : (sizeBytes / 1024 ** step).toFixed(1)} ${UNITS[step]}`;
}
