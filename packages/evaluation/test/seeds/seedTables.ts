import { golden } from '../golden.js';

/** What statsmodels and SciPy say of predictions of several seeds. */
export interface SeedTable {
  name: string;
  scores: number[][];
  f: number;
  epsilon: number;
  p: number;
  rankCorrelations: number[][];
  rankCorrelation: number;
  consistency: number;
  agreement: number;
}

export const tables = golden<SeedTable[]>('seeds', 'tables');
