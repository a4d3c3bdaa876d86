import type { FloatDistribution, IntDistribution } from '../distribution.js';

/** A range as samplers see it: a piece of a line, on which all places are equally likely before anything is known. */
export interface NumericAxis {
  /** The smallest and the largest value; with a step both lie on its grid. */
  readonly low: number;
  readonly high: number;
  /** 0 where the values are continuous. */
  readonly step: number;
  /** Places on the line are logarithms of values. */
  readonly log: boolean;
  /** The ends of the line. With a step it is half a step longer than the values on both sides: each value then has an equal share. */
  readonly bottom: number;
  readonly top: number;
}

/** The axis of a range that is known to be good. */
export function numericAxis(distribution: FloatDistribution | IntDistribution): NumericAxis {
  const { low, log = false } = distribution;
  const step = distribution.step ?? (distribution.kind === 'int' ? 1 : 0);
  const high = step === 0 ? distribution.high : lastOnGrid(low, distribution.high, step);
  const place = log ? Math.log : (value: number) => value;
  return { low, high, step, log, bottom: place(low - step / 2), top: place(high + step / 2) };
}

/** The value at a place of the axis, on the grid where there is one. */
export function valueAt(axis: NumericAxis, place: number): number {
  const free = axis.log ? Math.exp(place) : place;
  const value = axis.step === 0 ? free : axis.low + Math.round((free - axis.low) / axis.step) * axis.step;
  return Math.min(Math.max(value, axis.low), axis.high);
}

/** Where a value lies on the axis. */
export function placeOf(axis: NumericAxis, value: number): number {
  return axis.log ? Math.log(value) : value;
}

/** A share of a step by which a decimal fraction may miss its place on the grid; Optuna's. */
export const GRID_TOLERANCE = 1e-8;

function lastOnGrid(low: number, high: number, step: number): number {
  return Math.min(high, low + Math.floor((high - low) / step + GRID_TOLERANCE) * step);
}
