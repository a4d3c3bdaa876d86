import type { BinaryScores } from '../checkBinaryScores.js';
import { checkCount } from '../checkValues.js';
import { spread } from '../domain.js';
import { sortedQuantile } from '../quantile.js';

/** How probabilities are put into bins. */
export interface BinningOptions {
  /** Bins, of which empty ones are left out. 10 by default, by custom. */
  readonly bins?: number;
  /** `width` (the default): bins equally wide over [0, 1]. `count`: between quantiles, so that all hold about as many cases. */
  readonly strategy?: 'width' | 'count';
}

/** The cases of one bin: probabilities above `low` up to and including `high`; the first bin also holds its lower edge. */
export interface ProbabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability given to its cases. */
  readonly meanProbability: number;
  /** Share of class 1 among its cases. */
  readonly share: number;
}

/** A bin and the places of its cases. */
export interface FilledBin extends ProbabilityBin {
  readonly members: readonly number[];
}

/** The bins that hold something, rising. Equal probabilities share a bin. The edges, and what lies on them, are those of scikit-learn. */
export function probabilityBins({ labels, scores }: BinaryScores, { bins = 10, strategy = 'width' }: BinningOptions): readonly FilledBin[] {
  checkCount(bins, 'bins');
  const sorted = Float64Array.from(scores).sort();
  const edges =
    strategy === 'width' ? spread([0, 1], bins + 1) : Array.from({ length: bins + 1 }, (_, i) => sortedQuantile(sorted, i / bins));
  const members = Array.from({ length: bins }, (): number[] => []);
  scores.forEach((p, i) => members[binOf(p, edges)]!.push(i));
  return members.flatMap((places, bin) => {
    const count = places.length;
    if (count === 0) return [];
    const meanProbability = places.reduce((sum, i) => sum + scores[i]!, 0) / count;
    const share = places.reduce((sum, i) => sum + labels[i]!, 0) / count;
    return [{ low: edges[bin]!, high: edges[bin + 1]!, count, meanProbability, share, members: places }];
  });
}

/** How many inner edges lie below p, by bisection. */
function binOf(p: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle + 1]! < p) low = middle + 1;
    else high = middle;
  }
  return low;
}
