import type { CategoricalDistribution, FloatDistribution, IntDistribution, ParamValue } from '../distribution.js';

/** How a range of real numbers is searched: on the logarithm, or in steps. */
export type FloatOptions = Pick<FloatDistribution, 'log' | 'step'>;

/** How a range of integers is searched: on the logarithm, or in steps. */
export type IntOptions = Pick<IntDistribution, 'log' | 'step'>;

/** A distribution whose choices are known to the type. */
export interface Choices<T extends ParamValue> extends CategoricalDistribution {
  readonly choices: readonly T[];
}

/** Real numbers in `[low, high]`. */
export function float(low: number, high: number, options: FloatOptions = {}): FloatDistribution {
  return { kind: 'float', low, high, ...options };
}

/** Integers in `[low, high]`. */
export function int(low: number, high: number, options: IntOptions = {}): IntDistribution {
  return { kind: 'int', low, high, ...options };
}

/** One of a list without order. */
export function categorical<const T extends ParamValue>(choices: readonly T[]): Choices<T> {
  return { kind: 'categorical', choices };
}
