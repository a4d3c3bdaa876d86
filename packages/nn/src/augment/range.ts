import type { Rng } from '@mgmt/core';
import { AXES, type AxisName } from './imageBatch.js';

/** What a number is drawn from, uniformly: `[low, high)`, or just `low` where both are equal. */
export type Range = readonly [low: number, high: number];

/** A range, or a number for the range of that much to both sides of 0. */
export type Spread = number | Range;

/** A range for each axis; images leave depth aside. */
export type AxisRanges = Readonly<Record<AxisName, Range>>;

/** A spread for all axes, or for some by name and 0 for the others. */
export type AxisSpreads = Spread | Readonly<Partial<Record<AxisName, Spread>>>;

/** The range that a spread means. */
export function rangeOf(spread: Spread): Range {
  return typeof spread === 'number' ? [0 - spread, spread] : spread; // 0 - 0 is no negative zero, which JSON would lose
}

/** The range of each axis. A spread without names is for `axes`. */
export function rangesOf(spreads: AxisSpreads, axes: readonly AxisName[] = AXES): AxisRanges {
  const at = (axis: AxisName) => rangeOf((isNamed(spreads) ? spreads[axis] : axes.includes(axis) ? spreads : 0) ?? 0);
  return { depth: at('depth'), height: at('height'), width: at('width') };
}

/** A number of the range. */
export function drawFrom([low, high]: Range, random: Rng): number {
  return random.uniform(low, high);
}

function isNamed(spreads: AxisSpreads): spreads is Readonly<Partial<Record<AxisName, Spread>>> {
  return typeof spreads === 'object' && !Array.isArray(spreads);
}
