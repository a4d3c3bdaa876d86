import fc from 'fast-check';
import type { BinaryLabel } from '../src/index.js';

/** A case: its class and its score. */
export type Row = readonly [BinaryLabel, number];

/** Cases of both classes with scores from so few values that many are tied. */
export const rows = (leastOfEach = 1): fc.Arbitrary<Row[]> =>
  fc
    .array(fc.tuple(fc.constantFrom<BinaryLabel[]>(0, 1), fc.integer({ min: -50, max: 50 })), { minLength: 2 * leastOfEach })
    .filter((all) => ([0, 1] as const).every((label) => all.filter((row) => row[0] === label).length >= leastOfEach));

export const labelsOf = (all: readonly Row[]) => all.map(([label]) => label);
export const scoresOf = (all: readonly Row[]) => all.map(([, score]) => score);
export const swapped = (labels: readonly BinaryLabel[]) => labels.map((label) => (1 - label) as BinaryLabel);

/** Class 0 so many times, then class 1. */
export const classes = (negatives: number, positives: number): BinaryLabel[] => [
  ...new Array<BinaryLabel>(negatives).fill(0),
  ...new Array<BinaryLabel>(positives).fill(1),
];
