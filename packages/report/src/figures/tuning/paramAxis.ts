import { shorten } from '../../escape.js';
import type { TunedDistribution, TunedValue } from './tunedStudy.js';

/** A parameter as an axis from 0 to 1, whatever it is: a logarithm, a range, a list of choices. */
export interface ParamAxis {
  /** NaN of what is not on the axis. */
  place(value: TunedValue | undefined): number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** The axis of a distribution: logarithmic where the search was, even places for choices in the order in which they were given. */
export function paramAxis(distribution: TunedDistribution): ParamAxis {
  if (distribution.kind === 'categorical') {
    const { choices } = distribution;
    const at = (i: number) => (choices.length === 1 ? 0.5 : 0.06 + (0.88 * i) / (choices.length - 1));
    return {
      place: (value) => (value === undefined || !choices.includes(value) ? NaN : at(choices.indexOf(value))),
      ticks: choices.map((choice, i) => ({
        at: at(i),
        text: shorten(typeof choice === 'number' ? numberText(choice) : String(choice), 9),
      })),
    };
  }
  const { kind, low, high, log = false } = distribution;
  const scaled = (value: number) => (log ? Math.log(value) : value);
  const place = (value: TunedValue | undefined): number => {
    if (typeof value !== 'number') return NaN;
    return high === low ? 0.5 : 0.03 + (0.94 * (scaled(value) - scaled(low))) / (scaled(high) - scaled(low));
  };
  const between = log ? powersOfTen(low, high) : kind === 'int' && high - low <= 5 ? integers(low, high) : [];
  const values = between.length > 1 ? between : low === high ? [low] : [low, high];
  return { place, ticks: values.map((value) => ({ at: place(value), text: numberText(value) })) };
}

const integers = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, i) => low + i);

/** At most four powers of ten in a range. */
function powersOfTen(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first) / 3));
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => 10 ** (first + i * step));
}

/** Three digits, and powers of ten from a thousandth down as such. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6)
    ? value.toExponential(Number.isInteger(Math.log10(size)) ? 0 : 1).replace('e+', 'e')
    : String(Number(value.toPrecision(3)));
}
