import type { DensityCurve, HistogramBars, RocLine } from '../../src/index.js';

/** Densities in twenty bars over [0, 1]: enough of a histogram for a sample page. */
export function bars(scores: readonly number[], count = 25): HistogramBars {
  const edges = Array.from({ length: count + 1 }, (_, i) => i / count);
  const density = new Array<number>(count).fill(0);
  for (const score of scores) density[Math.min(count - 1, Math.floor(score * count))]! += count / scores.length;
  return { edges, density };
}

/** Gaussian kernels of Silverman's width at 101 points. */
export function smooth(scores: readonly number[]): DensityCurve {
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / (scores.length - 1));
  const width = 1.06 * deviation * scores.length ** -0.2;
  const x = Array.from({ length: 101 }, (_, i) => i / 100);
  const density = x.map(
    (at) => scores.reduce((sum, s) => sum + Math.exp(-0.5 * ((at - s) / width) ** 2), 0) / (scores.length * width * Math.sqrt(2 * Math.PI)),
  );
  return { x, density };
}

/** Corners of the ROC curve, and the area under it by trapezoids. */
export function roc(name: string, negatives: readonly number[], positives: readonly number[]): RocLine & { readonly auc: number } {
  const thresholds = [Infinity, ...new Set([...negatives, ...positives])].sort((a, b) => b - a);
  const share = (scores: readonly number[], at: number) => scores.filter((s) => s >= at).length / scores.length;
  const falsePositiveRate = thresholds.map((at) => share(negatives, at));
  const truePositiveRate = thresholds.map((at) => share(positives, at));
  let auc = 0;
  for (let i = 1; i < thresholds.length; i++) {
    auc += ((falsePositiveRate[i]! - falsePositiveRate[i - 1]!) * (truePositiveRate[i]! + truePositiveRate[i - 1]!)) / 2;
  }
  return { name, falsePositiveRate, truePositiveRate, auc };
}
