const FRESH = 25;

/** How much `n` observations weigh, the oldest first: the newest 25 one each, those before from 1/n upwards. Optuna's and Hyperopt's default. */
export function observationWeights(n: number): Float64Array {
  const old = Math.max(0, n - FRESH);
  return new Float64Array(n).map((_, i) => (i >= old ? 1 : old === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * i) / (old - 1)));
}
