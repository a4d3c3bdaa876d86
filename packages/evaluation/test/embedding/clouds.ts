import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { checkPoints, type PointMatrix } from '../../src/embedding/points.js';
import { golden } from '../golden.js';

/** The points that a golden names. */
export const goldenPoints = (key: string): number[][] => golden<Record<string, number[][]>>('embeddings', 'points')[key]!;

/** Points of which some coincide and many are equally far apart: coordinates are few integers. */
export const gridPoints = (options: { minLength: number; maxLength: number; d?: number }): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: options.d ?? 2, maxLength: options.d ?? 2 }), options);

/** Normal points around so many centers, class by class in turn; how far apart in deviations. */
export function groups(n: number, d: number, { centers = 3, apart = 5, seed = 0 } = {}): { points: number[][]; labels: number[] } {
  const random = rng(seed).child('groups');
  const middle = Array.from({ length: centers }, () => Array.from({ length: d }, () => random.normal(0, apart)));
  const labels = Array.from({ length: n }, (_, i) => i % centers);
  return { points: labels.map((label) => middle[label]!.map((each) => random.normal(each))), labels };
}

export const matrixOf = (points: number[][]): PointMatrix => checkPoints(points);

/** Every point turned in the plane of its first two coordinates. */
export const turned = (points: readonly number[][], angle: number) =>
  points.map(([x, y, ...rest]) => [x! * Math.cos(angle) - y! * Math.sin(angle), x! * Math.sin(angle) + y! * Math.cos(angle), ...rest]);

export const moved = (points: readonly number[][], by: number) => points.map((row) => row.map((value, k) => value + by * (k + 1)));

/** The largest absolute difference of two lists of numbers. */
export function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}
