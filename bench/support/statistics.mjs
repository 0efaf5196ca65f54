/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The smallest of the values that at least `percent` of them do not exceed. */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** The value with so many digits behind the point that three or more of it are told. */
export function rounded(value) {
  const magnitude = Math.abs(value);
  if (magnitude >= 100) return Math.round(value);
  return Number(value.toFixed(magnitude >= 10 ? 1 : 2));
}
