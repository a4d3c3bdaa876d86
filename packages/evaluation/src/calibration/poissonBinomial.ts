import { normalQuantile } from '../normal.js';

/** The number of cases of class 1 among cases with these probabilities, if the probabilities are right. */
export interface PoissonBinomial {
  /** Mean distance of the number from its mean. */
  readonly meanDeviation: number;
  /** The least number that at most `probability` lies below. */
  quantile(probability: number): number;
}

/** The distribution exactly, by adding one case after the other; from 1,000 cases on the normal one, which is then off by less than 0.1 %. */
export function poissonBinomial(probabilities: readonly number[]): PoissonBinomial {
  const n = probabilities.length;
  const mean = probabilities.reduce((sum, p) => sum + p, 0);
  if (n > MOST_EXACT) {
    const deviation = Math.sqrt(probabilities.reduce((sum, p) => sum + p * (1 - p), 0));
    return {
      meanDeviation: deviation * Math.sqrt(2 / Math.PI),
      quantile: (probability) => Math.min(n, Math.max(0, Math.round(mean + deviation * normalQuantile(probability)))),
    };
  }
  const mass = new Float64Array(n + 1);
  mass[0] = 1;
  probabilities.forEach((p, cases) => {
    for (let k = cases + 1; k > 0; k--) mass[k] = mass[k]! * (1 - p) + mass[k - 1]! * p;
    mass[0]! *= 1 - p;
  });
  return {
    meanDeviation: mass.reduce((sum, share, k) => sum + share * Math.abs(k - mean), 0),
    quantile(probability) {
      let upTo = 0;
      const found = mass.findIndex((share) => (upTo += share) >= probability);
      return found < 0 ? n : found;
    },
  };
}

const MOST_EXACT = 1000;
