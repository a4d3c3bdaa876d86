import type { Variable } from '@tensorflow/tfjs';

/** Which weights decay: all, or those with at least two axes only, which leaves out biases and the scales and offsets of norms. */
export type DecayedWeights = 'all' | 'matrices';

/** Whether a weight is one of them. */
export function isDecayed({ rank }: Pick<Variable, 'rank'>, decay: DecayedWeights): boolean {
  return decay === 'all' || rank >= 2;
}
