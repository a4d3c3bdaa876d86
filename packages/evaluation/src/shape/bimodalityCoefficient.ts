import { MgmtError } from '@mgmt/core';
import { checkFinite } from '../checkValues.js';

/**
 * Sarle's bimodality coefficient, from skewness and kurtosis: 5/9 for a uniform distribution, 1/3 for a normal one, up to 1 for two points.
 *
 * Above 5/9 it is taken for a sign of two hills; but a long tail lifts it as well, so never believe it alone.
 *
 * @param values - `[n]`, finite, four or more
 * @returns NaN of equal values, which have no shape
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/too-few`
 * @remarks With both moments corrected for the sample's size, as SAS: Pfister et al. 2013, doi:10.3389/fpsyg.2013.00700.
 */
export function bimodalityCoefficient(values: ArrayLike<number>): number {
  const checked = checkFinite(values);
  checkFour(checked);
  const n = checked.length;
  const mean = checked.reduce((sum, value) => sum + (value - checked[0]!), 0) / n; // from one of them on: equal values have no spread, not 1e-17
  const moment = (power: number) => checked.reduce((sum, value) => sum + (value - checked[0]! - mean) ** power, 0) / n;
  const variance = moment(2);
  const skewness = (moment(3) / variance ** 1.5) * (Math.sqrt(n * (n - 1)) / (n - 2));
  const excess = ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (moment(4) / variance ** 2 - 3) + 6);
  return (skewness ** 2 + 1) / (excess + (3 * (n - 1) ** 2) / ((n - 2) * (n - 3)));
}

/** A shape needs four values. Throws `MgmtError` `evaluation/too-few`. */
export function checkFour(values: Float64Array): void {
  if (values.length >= 4) return;
  throw new MgmtError('so few values have no shape', {
    code: 'evaluation/too-few',
    expected: 'four values or more',
    found: String(values.length),
  });
}
