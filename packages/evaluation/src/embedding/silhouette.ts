import { checkClasses, type ClassLabels } from './classes.js';
import { checkPoints, type Points } from './points.js';
import { squaredDistances } from './squaredDistances.js';

/**
 * How much nearer points are to their own class than to the next one: mean silhouette, in [-1, 1]. 1: classes are far apart; 0: they overlap; below 0: points
 * lie among others.
 *
 * A point that is alone in its class counts 0, and so does one that is as near to its own class as to the next, at no distance from either included.
 *
 * @param points - `[n][d]`, finite
 * @param labels - `[n]`, of two classes or more
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/one-class`
 * @remarks Rousseeuw 1987, J. Comput. Appl. Math. 20:53. As scikit-learn's `silhouette_score`, Euclidean.
 */
export function silhouette(points: Points, labels: ClassLabels): number {
  const matrix = checkPoints(points);
  const { n } = matrix;
  const classes = checkClasses(labels, n);
  const squared = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    squaredDistances(matrix, i, squared);
    sum += silhouetteOf(classes.of[i]!, meanDistances(squared, classes.of, classes.counts, classes.of[i]!), classes.counts);
  }
  return sum / n;
}

/** The mean distance to each class, `[classes]`; in the point's own class to the others of it. */
function meanDistances(squared: Float64Array, of: Int32Array, counts: readonly number[], own: number): Float64Array {
  const sums = new Float64Array(counts.length);
  squared.forEach((distance, j) => (sums[of[j]!]! += Math.sqrt(distance)));
  return sums.map((each, c) => each / (c === own ? counts[c]! - 1 : counts[c]!));
}

function silhouetteOf(own: number, means: Float64Array, counts: readonly number[]): number {
  if (counts[own] === 1) return 0;
  const within = means[own]!;
  const between = means.reduce((least, each, c) => (c === own ? least : Math.min(least, each)), Infinity);
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}
