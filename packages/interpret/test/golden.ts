import { readFileSync } from 'node:fs';

/** Expected values that another program computed; the file's `origin` says which version and which command. */
export function golden<Case>(name: string): readonly Case[] {
  const file = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as { readonly cases: readonly Case[] };
  return file.cases;
}

/** The largest difference of two lists of numbers, by the largest expected value. */
export function relativeError(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  const largest = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-12);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - found[i]!)), 0) / largest;
}
