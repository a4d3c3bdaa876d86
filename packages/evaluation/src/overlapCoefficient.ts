import { MgmtError } from '@mgmt/core';
import type { Density } from './kernelDensity.js';

/**
 * How much two densities have in common: the area under both, 1 where they are the same, 0 where they never meet. No threshold tells two equally common
 * classes apart in more than `1 - overlap / 2` of the cases.
 *
 * @param a - a density, as {@link kernelDensity} gives it; scaled to area 1 over its grid
 * @param b - another, on the same grid
 * @returns in [0, 1]
 * @throws `MgmtError` `evaluation/grid-mismatch`, and `evaluation/no-area` for a density that is 0 on the whole grid
 * @remarks Trapezoids over the lower of the two. Inman & Bradley 1989, doi:10.1080/03610928908830127.
 * @example
 * const on = { domain: [0, 1], boundary: 'reflecting' } as const;
 * overlapCoefficient(kernelDensity(scoresOfClass0, on), kernelDensity(scoresOfClass1, on)); // 0.93
 */
export function overlapCoefficient(a: Pick<Density, 'x' | 'density'>, b: Pick<Density, 'x' | 'density'>): number {
  const { x } = a;
  if (x.length !== b.x.length || x.some((point, i) => point !== b.x[i])) {
    throw new MgmtError('two densities overlap on one grid only', {
      code: 'evaluation/grid-mismatch',
      expected: describe(a),
      found: describe(b),
      hint: 'give both the same domain and grid',
    });
  }
  const areas = [trapezoid(x, a.density), trapezoid(x, b.density)] as const;
  if (!(areas[0] > 0 && areas[1] > 0)) {
    throw new MgmtError('a density has no area on its grid', {
      code: 'evaluation/no-area',
      expected: 'two areas above 0',
      found: areas.join(' and '),
      hint: 'choose a domain that the values lie in',
    });
  }
  const lower = a.density.map((height, i) => Math.min(height / areas[0], b.density[i]! / areas[1]));
  return Math.min(1, trapezoid(x, lower));
}

function trapezoid(x: readonly number[], y: readonly number[]): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return area;
}

const describe = ({ x }: Pick<Density, 'x'>) => `${x.length} points from ${x[0]} to ${x.at(-1)}`;
