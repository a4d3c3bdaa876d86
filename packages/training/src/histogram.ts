/** How values are distributed, as TensorBoard takes it. */
export interface Histogram {
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** `[bins]`, where each bin ends; it begins where the one before ends, the first at the minimum. */
  readonly limits: readonly number[];
  /** `[bins]`, how many values lie in each; one that lies on a limit is of the bin that begins there, the maximum of the last. */
  readonly counts: readonly number[];
}

/**
 * Counts values in bins of one width between the smallest and the largest.
 *
 * @param values - those that are no finite numbers are left out
 * @param bins - 30 by default, as TensorBoard shows; one where all values are equal
 * @example
 * await file.write(epoch, { 'predictions/validation': histogramOf(probabilities) });
 */
export function histogramOf(values: ArrayLike<number>, bins = 30): Histogram {
  const all = Float64Array.from(values).filter(Number.isFinite);
  const minimum = all.length > 0 ? all.reduce((a, b) => Math.min(a, b)) : 0;
  const maximum = all.length > 0 ? all.reduce((a, b) => Math.max(a, b)) : 0;
  const count = minimum === maximum ? 1 : bins;
  const counts = new Array<number>(count).fill(0);
  const binOf = (value: number) => Math.min(count - 1, Math.floor(((value - minimum) / (maximum - minimum)) * count));
  for (const value of all) counts[count === 1 ? 0 : binOf(value)]! += 1;
  return {
    minimum,
    maximum,
    count: all.length,
    sum: all.reduce((sum, value) => sum + value, 0),
    sumOfSquares: all.reduce((sum, value) => sum + value * value, 0),
    limits: counts.map((_, bin) => (bin === count - 1 ? maximum : minimum + ((maximum - minimum) * (bin + 1)) / count)),
    counts,
  };
}
