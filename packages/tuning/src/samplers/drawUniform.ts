import type { Rng } from '@mgmt/core';
import type { Distribution, ParamValue } from '../distribution.js';
import { numericAxis, valueAt } from '../transform/numericAxis.js';

/** A value of the distribution, all places of its axis equally likely, all choices too. */
export function drawUniform(distribution: Distribution, rng: Rng): ParamValue {
  if (distribution.kind === 'categorical') return rng.pick(distribution.choices);
  const axis = numericAxis(distribution);
  return valueAt(axis, rng.uniform(axis.bottom, axis.top));
}
