import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { jointAffinities } from '../../src/embedding/jointAffinities.js';
import { nearestNeighbors } from '../../src/embedding/nearestNeighbors.js';
import { barnesHutRepulsion } from '../../src/embedding/repulsion.js';
import { tsneObjective } from '../../src/embedding/tsneObjective.js';
import { golden } from '../golden.js';
import { gap, goldenPoints, gridPoints, groups, matrixOf } from './clouds.js';

interface Objective {
  name: string;
  points: string;
  perplexity: number;
  embedding: number[][];
  divergence: number;
  gradient: number[][];
  barnesHut: { divergence: number; gradient: number[][] };
}

/** What an exact sum of q and of q² (y_i - y_j) over all pairs gives. */
function exactRepulsion(points: Float64Array): { total: number; force: Float64Array } {
  const force = new Float64Array(points.length);
  let total = 0;
  for (let i = 0; i < points.length; i += 2) {
    for (let j = 0; j < points.length; j += 2) {
      const [dx, dy] = [points[i]! - points[j]!, points[i + 1]! - points[j + 1]!];
      const q = i === j ? 0 : 1 / (1 + dx * dx + dy * dy);
      total += q;
      force[i]! += q * q * dx;
      force[i + 1]! += q * q * dy;
    }
  }
  return { total, force };
}

function repulsion(points: Float64Array, theta: number) {
  const force = new Float64Array(points.length);
  return { total: barnesHutRepulsion(points.length / 2, theta)(points, force), force };
}

const relativeError = (found: Float64Array, wanted: Float64Array) =>
  Math.sqrt(found.reduce((sum, value, at) => sum + (value - wanted[at]!) ** 2, 0) / wanted.reduce((sum, value) => sum + value * value, 0));

describe('barnesHutRepulsion', () => {
  it('is the sum over all pairs at theta 0, also of points that coincide or nearly do', () => {
    const scales = fc.constantFrom(1e-12, 1e-3, 1, 1e6);
    fc.assert(
      fc.property(gridPoints({ minLength: 1, maxLength: 90 }), fc.array(scales, { minLength: 90, maxLength: 90 }), (rows, scale) => {
        const points = Float64Array.from(rows.flatMap((row, i) => row.map((value) => value * scale[i]!)));
        const [found, wanted] = [repulsion(points, 0), exactRepulsion(points)];
        expect(found.total).toBeCloseTo(wanted.total, 8);
        expect(gap(found.force, wanted.force)).toBeLessThan(1e-9);
      }),
    );
  });

  it('errs by less than three in a thousand at theta 0.5, in a picture of a thousand points', () => {
    const points = Float64Array.from(groups(1000, 2, { centers: 10, apart: 12 }).points.flat());
    const [found, wanted] = [repulsion(points, 0.5), exactRepulsion(points)];
    expect(Math.abs(found.total / wanted.total - 1)).toBeLessThan(3e-3);
    expect(relativeError(found.force, wanted.force)).toBeLessThan(1e-2);
  });

  it('does the same again after the points have moved', () => {
    const repel = barnesHutRepulsion(200, 0.3);
    const clouds = [1, 2, 3].map((seed) => Float64Array.from(groups(200, 2, { seed }).points.flat()));
    for (const points of clouds) {
      const force = new Float64Array(400);
      const total = repel(points, force);
      const fresh = repulsion(points, 0.3);
      expect(total).toBeCloseTo(fresh.total, 6);
      expect(gap(force, fresh.force)).toBeLessThan(1e-9);
    }
  });
});

describe('tsneObjective', () => {
  const objectiveOf = ({ points, perplexity }: Objective, theta: number) => {
    const rows = goldenPoints(points);
    return tsneObjective(jointAffinities(nearestNeighbors(matrixOf(rows), rows.length - 1), perplexity), rows.length, theta);
  };

  it.each(golden<Objective[]>('embeddings', 'objective'))(
    'at theta 0 equals scikit-learn, summed over all pairs and by its tree: $name',
    (expected) => {
      const objective = objectiveOf(expected, 0);
      const plane = Float64Array.from(expected.embedding.flat());
      const gradient = new Float64Array(plane.length);
      objective.gradient(plane, gradient);
      expect(objective.divergence(plane)).toBeCloseTo(expected.divergence, 5);
      expect(objective.divergence(plane)).toBeCloseTo(expected.barnesHut.divergence, 4); // float32
      expect(gap(gradient, expected.gradient.flat())).toBeLessThan(1e-6);
      expect(gap(gradient, expected.barnesHut.gradient.flat())).toBeLessThan(2e-6);
    },
  );

  it('has for gradient the slope of its divergence', () => {
    const { points } = groups(20, 3);
    const objective = tsneObjective(jointAffinities(nearestNeighbors(matrixOf(points), 12), 4), 20, 0);
    const random = rng(1);
    const plane = Float64Array.from({ length: 40 }, () => random.normal(0, 2));
    const gradient = new Float64Array(40);
    objective.gradient(plane, gradient);
    gradient.forEach((slope, at) => {
      const shifted = (by: number) => objective.divergence(plane.map((value, k) => (k === at ? value + by : value)));
      expect((shifted(1e-5) - shifted(-1e-5)) / 2e-5).toBeCloseTo(slope, 6);
    });
  });
});
