import type { Distribution, ParamValue } from '../distribution.js';
import { GRID_TOLERANCE, numericAxis } from './numericAxis.js';

/** Whether a value can be drawn from a distribution; a place on a step's grid may be off by 1e-8 of the step. */
export function contains(distribution: Distribution, value: ParamValue): boolean {
  if (distribution.kind === 'categorical') return distribution.choices.includes(value);
  if (typeof value !== 'number') return false;
  const { low, high, step } = numericAxis(distribution);
  if (!(low <= value && value <= high)) return false;
  const steps = step === 0 ? 0 : (value - low) / step;
  return Math.abs(steps - Math.round(steps)) < GRID_TOLERANCE || value === high;
}

/** Whether a distribution holds one value only, so that there is nothing to search. */
export function isSingle(distribution: Distribution): boolean {
  if (distribution.kind === 'categorical') return distribution.choices.length === 1;
  const { low, high } = numericAxis(distribution);
  return low === high;
}
