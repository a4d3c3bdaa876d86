/**
 * The value below which a share of sorted values lies, linear between ranks, as `numpy.quantile`.
 *
 * @param share - 0 to 1
 */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const lower = Math.floor(at);
  const value = sorted[lower]!;
  return value + (at - lower) * (sorted[Math.min(lower + 1, sorted.length - 1)]! - value);
}
