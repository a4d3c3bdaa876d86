import type { Rng } from '@mgmt/core';
import { checkCount, checkOption } from '../checkValues.js';
import { checkClasses, type Classes, type ClassLabels } from './classes.js';
import { nearestNeighbors } from './nearestNeighbors.js';
import { checkPoints, type Points } from './points.js';

/** Options of {@link nearestNeighborSeparability}. */
export interface SeparabilityOptions {
  /** Where the permutations come from; equal streams give equal p-values. */
  readonly rng: Rng;
  /** Neighbors that vote, fewer than there are points. 5 by default. */
  readonly k?: number;
  /** 999 by default: a p-value of 0.001 at the least. */
  readonly permutations?: number;
}

/** Whether classes lie apart, as a number. */
export interface Separability {
  /** Balanced: the mean over classes of the share that its neighbors vote right. */
  readonly accuracy: number;
  /** The mean of the same under the permutations: what entangled classes of these sizes reach. Somewhat below one by the number of classes. */
  readonly byChance: number;
  /** How often chance alone reaches the accuracy: (1 + permutations as good) / (1 + permutations). */
  readonly pValue: number;
}

/**
 * Whether points of a class have their like around them: each point's class by the vote of its `k` nearest others, against the same with labels dealt anew.
 * Turns "the classes are entangled" into a number.
 *
 * Where several classes have most votes, a point counts by its share: 1/2 where its own is one of two.
 *
 * @param points - `[n][d]`, finite: an embedding, or what it was made from
 * @param labels - `[n]`, of two classes or more
 * @param options - the stream of random numbers, neighbors, permutations
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/one-class`, `evaluation/bad-option`
 * @remarks Cover and Hart 1967, IEEE Trans. Inf. Theory 13:21, leaving one out; the p-value by Phipson and Smyth 2010, SAGMB 9:39. Points have to be
 * independent: slices of one patient are not.
 * @example
 * nearestNeighborSeparability(embedding, labels, { rng: rng(0) }); // { accuracy: 0.48, byChance: 0.49, pValue: 0.61 }: entangled
 */
export function nearestNeighborSeparability(points: Points, labels: ClassLabels, options: SeparabilityOptions): Separability {
  const { rng, k = 5, permutations = 999 } = options;
  const matrix = checkPoints(points);
  const classes = checkClasses(labels, matrix.n);
  checkOption(Number.isSafeInteger(k) && k >= 1 && k < matrix.n, 'k', `an integer of at least 1, below ${matrix.n}`, k);
  checkCount(permutations, 'permutations');

  const { indices } = nearestNeighbors(matrix, k);
  const accuracy = accuracyOfVotes(indices, classes, k);
  let asGood = 0;
  let sum = 0;
  let of = [...classes.of];
  for (let permutation = 0; permutation < permutations; permutation++) {
    of = rng.shuffle(of);
    const permuted = accuracyOfVotes(indices, { ...classes, of: Int32Array.from(of) }, k);
    if (permuted >= accuracy - ROUNDING) asGood++;
    sum += permuted;
  }
  return { accuracy, byChance: sum / permutations, pValue: (1 + asGood) / (1 + permutations) };
}

/** Sums of the same shares in another order differ by less. */
const ROUNDING = 1e-12;

function accuracyOfVotes(indices: Int32Array, { of, counts }: Classes, k: number): number {
  const votes = new Int32Array(counts.length);
  let accuracy = 0;
  for (let i = 0; i < of.length; i++) {
    votes.fill(0);
    let most = 0;
    for (let place = i * k; place < (i + 1) * k; place++) most = Math.max(most, ++votes[of[indices[place]!]!]!);
    if (votes[of[i]!] !== most) continue;
    let tied = 0;
    for (const each of votes) if (each === most) tied++;
    accuracy += 1 / (tied * counts[of[i]!]! * counts.length);
  }
  return accuracy;
}
