import type { Affinities } from './jointAffinities.js';
import { barnesHutRepulsion } from './repulsion.js';

/** What t-SNE makes small. */
export interface TsneObjective {
  /** Writes the gradient at these points, `[n, 2]`; attraction counts so many times. */
  gradient(points: Float64Array, out: Float64Array, exaggeration?: number): void;
  /** The Kullback-Leibler divergence of the similarities on the plane from the affinities, in nats. */
  divergence(points: Float64Array): number;
}

/** van der Maaten 2014, JMLR 15:3221, equations 4 and 8. */
export function tsneObjective(affinities: Affinities, n: number, theta: number): TsneObjective {
  const repel = barnesHutRepulsion(n, theta);
  const force = new Float64Array(2 * n);
  return {
    gradient(points, out, exaggeration = 1) {
      const total = repel(points, force.fill(0));
      out.fill(0);
      attract(affinities, points, out);
      for (let at = 0; at < out.length; at++) out[at] = 4 * (exaggeration * out[at]! - force[at]! / total);
    },
    divergence(points) {
      const logTotal = Math.log(repel(points, force.fill(0)));
      const { first, second, p } = affinities;
      return p.reduce((sum, each, pair) => {
        const squared = squaredDistance(points, first[pair]!, second[pair]!);
        return sum + 2 * each * (Math.log(each) + Math.log1p(squared) + logTotal);
      }, 0);
    },
  };
}

/** Adds the sum of p q (y_i - y_j) over the partners of each point. */
function attract({ first, second, p }: Affinities, points: Float64Array, out: Float64Array): void {
  for (let pair = 0; pair < p.length; pair++) {
    const i = 2 * first[pair]!;
    const j = 2 * second[pair]!;
    const dx = points[i]! - points[j]!;
    const dy = points[i + 1]! - points[j + 1]!;
    const pull = p[pair]! / (1 + dx * dx + dy * dy);
    out[i]! += pull * dx;
    out[i + 1]! += pull * dy;
    out[j]! -= pull * dx;
    out[j + 1]! -= pull * dy;
  }
}

const squaredDistance = (points: Float64Array, i: number, j: number) =>
  (points[2 * i]! - points[2 * j]!) ** 2 + (points[2 * i + 1]! - points[2 * j + 1]!) ** 2;
