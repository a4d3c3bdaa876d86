import type { Distribution, ParamValue } from '../distribution.js';

/**
 * A parameter's value as the number that estimators work with: a range's value as it is, a choice as its place in the list; nothing for a value that the
 * distribution cannot mean, as one from a trial whose parameter of that name was of another kind.
 */
export function toNumber(distribution: Distribution, value: ParamValue | undefined): number | undefined {
  if (distribution.kind === 'categorical') {
    const place = value === undefined ? -1 : distribution.choices.indexOf(value);
    return place < 0 ? undefined : place;
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || (distribution.log && value <= 0)) return undefined;
  return value;
}

/** The value that a number of `toNumber` means. */
export function fromNumber(distribution: Distribution, number: number): ParamValue {
  return distribution.kind === 'categorical' ? distribution.choices[number]! : number;
}
