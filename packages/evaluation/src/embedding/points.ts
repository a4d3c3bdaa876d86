import { MgmtError } from '@mgmt/core';

/** Points in a space of any dimension: a row each, or one array in C order with its shape, as `layerVectors` of `@mgmt/interpret` makes them. */
export type Points =
  readonly ArrayLike<number>[] | { readonly data: ArrayLike<number>; readonly shape: readonly [points: number, dimensions: number] };

/** Where a point lies on the page. */
export type PlanePoint = readonly [x: number, y: number];

/** Points that have passed the door: finite, and of one dimension. */
export interface PointMatrix {
  /** `[n, d]` in C order. */
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
}

const LARGEST = 1e150;

/**
 * The one door of all functions of points.
 *
 * Throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch` (a row longer or shorter than the first, data that do not fill their shape) and
 * `evaluation/not-finite`.
 */
export function checkPoints(
  points: Points,
  { what = 'points', least = 1 }: { readonly what?: string; readonly least?: number } = {},
): PointMatrix {
  const [n, d] = 'shape' in points ? points.shape : [points.length, points[0]?.length ?? 0];
  if (n < least || d < 1) {
    throw new MgmtError(`there are too few ${what}`, {
      code: 'evaluation/too-few',
      expected: `at least ${least}, of one dimension or more`,
      found: `${n} of dimension ${d}`,
    });
  }
  const data = 'shape' in points ? new Float64Array(points.data) : joinedRows(points, d, what);
  if (data.length !== n * d) {
    throw new MgmtError(`${what} do not fill their shape`, {
      code: 'evaluation/length-mismatch',
      expected: `${n} x ${d} numbers`,
      found: String(data.length),
    });
  }
  const bad = data.findIndex((value) => !(Math.abs(value) < LARGEST));
  if (bad >= 0) {
    throw new MgmtError(`${what} must be finite, coordinate ${bad % d} of index ${Math.floor(bad / d)} is not`, {
      code: 'evaluation/not-finite',
      expected: `a number below ${LARGEST}, so that distances have a square`,
      found: String(data[bad]),
    });
  }
  return { data, n, d };
}

function joinedRows(rows: readonly ArrayLike<number>[], d: number, what: string): Float64Array {
  const data = new Float64Array(rows.length * d);
  rows.forEach((row, i) => {
    if (row.length !== d) {
      throw new MgmtError(`${what} have one dimension, index ${i} has another`, {
        code: 'evaluation/length-mismatch',
        expected: `${d} numbers, as of index 0`,
        found: String(row.length),
      });
    }
    data.set(row, i * d);
  });
  return data;
}

/** Two sets of points that are the same cases, before and after. Throws also `evaluation/length-mismatch` where they are not equally many. */
export function checkSameCases(points: Points, embedding: Points): readonly [PointMatrix, PointMatrix] {
  const [before, after] = [checkPoints(points), checkPoints(embedding, { what: 'points of the embedding' })];
  if (before.n !== after.n) {
    throw new MgmtError('every point needs its place in the embedding', {
      code: 'evaluation/length-mismatch',
      expected: `${before.n} points in the embedding`,
      found: String(after.n),
    });
  }
  return [before, after];
}

/** `[n, 2]` in C order as a pair each. */
export function planePoints(data: Float64Array): PlanePoint[] {
  return Array.from({ length: data.length / 2 }, (_, i) => [data[2 * i]!, data[2 * i + 1]!]);
}

/** A copy whose columns have mean 0. */
export function centered({ data, n, d }: PointMatrix): PointMatrix {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) mean[k]! += data[i * d + k]! / n;
  return { data: data.map((value, at) => value - mean[at % d]!), n, d };
}
