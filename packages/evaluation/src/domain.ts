import { MgmtError } from '@mgmt/core';
import { checkOption } from './checkValues.js';

/** Both ends of an axis, rising. */
export type Domain = readonly [low: number, high: number];

/** The smallest and the largest value; where they are too close for so many parts, half a unit further out, so that there is something to draw on. */
export function extent(values: Float64Array, parts: number, margin = 0): Domain {
  const low = values.reduce((least, value) => Math.min(least, value)) - margin;
  const high = values.reduce((most, value) => Math.max(most, value)) + margin;
  return hasRoom([low, high], parts) ? [low, high] : [low - 0.5, high + 0.5];
}

/** `count` points at equal distances from end to end, both included. */
export function spread([low, high]: Domain, count: number): number[] {
  const step = (high - low) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? high : low + i * step));
}

/** Ends are finite, rising, and have room for so many parts. Throws `MgmtError` `evaluation/bad-option`. */
export function checkDomain(domain: Domain, parts: number): void {
  checkOption(hasRoom(domain, parts), 'domain', `two finite ends, rising, with room for ${parts} steps`, domain.join(' to '));
}

/** Nothing lies outside. Throws `MgmtError` `evaluation/outside-domain` with the index. */
export function checkInside(values: Float64Array, [low, high]: Domain): void {
  const bad = values.findIndex((value) => value < low || value > high);
  if (bad < 0) return;
  throw new MgmtError(`values must lie in the domain, index ${bad} does not`, {
    code: 'evaluation/outside-domain',
    expected: `${low} to ${high}`,
    found: String(values[bad]),
    hint: 'widen the domain, or leave out what should not count',
  });
}

/** Whether a step of this many leads from either end to another number. */
function hasRoom([low, high]: Domain, parts: number): boolean {
  const step = (high - low) / parts;
  return step < Infinity && low + step > low && high - step < high;
}
