import { rng } from '@mgmt/core';
import type { Distribution, SearchSpace } from '../../src/index.js';
import type { CategoricalKernels } from '../../src/samplers/tpe/categoricalKernels.js';
import type { NumericKernels } from '../../src/samplers/tpe/numericKernels.js';
import { observedPoints } from '../../src/samplers/tpe/observedPoints.js';
import { drawPoint, logDensities, parzenEstimator, type Point } from '../../src/samplers/tpe/parzenEstimator.js';
import { toNumber } from '../../src/transform/toNumber.js';
import { goldenStudies, knownTrials } from './tpeGolden.js';

const SOURCES = [
  { file: 'tpeAlone', program: 'Optuna 4', style: 'optuna2' },
  { file: 'tpeTogether', program: 'Optuna 5', style: 'optuna5' },
] as const;

const expectClose = (found: ArrayLike<number>, expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value))));
};

describe.each(SOURCES)('parzenEstimator of $file', ({ file, program, style }) => {
  const cases = goldenStudies(file).flatMap((study) =>
    study.estimates.flatMap((estimate) =>
      (['below', 'above'] as const).map((side) => ({
        study,
        estimate,
        side,
        title: `${study.name}: ${Object.keys(estimate.space)}, ${side}`,
      })),
    ),
  );

  it.each(cases)(`has ${program}'s kernels, weights and densities: $title`, ({ study, estimate: { space, points, ...estimate }, side }) => {
    const expected = estimate[side];
    const trials = knownTrials(study).filter(({ number }) => study[side].includes(number));
    const estimator = parzenEstimator(observedPoints(trials, space), space, style);
    expectClose(estimator.weights, expected.weights);
    Object.keys(space).forEach((name, i) => {
      const kernels = expected.kernels[name]!;
      if ('mus' in kernels) {
        const { mus, sigmas } = estimator.kernels[i] as NumericKernels;
        expectClose(mus, kernels.mus);
        expectClose(sigmas, kernels.sigmas);
      } else {
        const { probabilities } = estimator.kernels[i] as CategoricalKernels;
        kernels.probabilities.forEach((row, kernel) => expectClose(probabilities[kernel]!, row));
      }
    });
    const numbers = points.map((point) => Object.entries(space).map(([name, distribution]) => toNumber(distribution, point[name])!));
    expectClose(logDensities(estimator, numbers), expected.logDensities);
  });
});

describe('drawPoint', () => {
  const DRAWS = 4000;
  const worst = 1.95 / Math.sqrt(DRAWS); // Kolmogorov and Smirnov's bound at 0.001, generous where there are steps

  const estimatorOf = (distribution: Distribution, values: readonly number[]) =>
    parzenEstimator(
      values.map((value): Point => [value]),
      { x: distribution },
      'optuna5',
    );

  /** A piece of a range: where its density is taken, where it ends, and how wide it is on the axis; a value with steps is as wide as 1. */
  interface Cell {
    readonly at: number;
    readonly end: number;
    readonly width: number;
  }

  /** Cells between edges, on an axis that is logarithmic or not. */
  const cellsBetween = (edges: readonly number[], toAxis: (value: number) => number): Cell[] =>
    edges.slice(1).map((end, i) => ({ at: (edges[i]! + end) / 2, end, width: toAxis(end) - toAxis(edges[i]!) }));

  /** The largest distance between the distribution of draws and the sum of the densities. */
  function distance(distribution: Distribution, values: readonly number[], cells: readonly Cell[]): number {
    const estimator = estimatorOf(distribution, values);
    const random = rng('draws');
    const draws = Array.from({ length: DRAWS }, () => drawPoint(estimator, random)[0]!).sort((a, b) => a - b);
    const densities = logDensities(
      estimator,
      cells.map(({ at }) => [at]),
    );
    let mass = 0;
    let drawn = 0;
    let largest = 0;
    cells.forEach(({ end, width }, i) => {
      mass += Math.exp(densities[i]!) * width;
      while (drawn < DRAWS && draws[drawn]! <= end) drawn++;
      largest = Math.max(largest, Math.abs(mass - drawn / DRAWS));
    });
    expect(mass).toBeCloseTo(1, 4);
    return largest;
  }

  const CELLS = 3000;

  it('draws from the density of a range', () => {
    const edges = Array.from({ length: CELLS + 1 }, (_, i) => -5 + (15 * i) / CELLS);
    const cells = cellsBetween(edges, (value) => value);
    expect(distance({ kind: 'float', low: -5, high: 10 }, [-4.9, 1, 1.2, 9], cells)).toBeLessThan(worst);
  });

  it('draws from the density of a logarithmic range', () => {
    const edges = Array.from({ length: CELLS + 1 }, (_, i) => 1e-5 * 10 ** ((4 * i) / CELLS));
    const cells = cellsBetween(edges, Math.log);
    expect(distance({ kind: 'float', low: 1e-5, high: 0.1, log: true }, [2e-5, 3e-3, 3.1e-3], cells)).toBeLessThan(worst);
  });

  it.each<[string, Distribution, number[], number[]]>([
    ['steps', { kind: 'float', low: 0, high: 1, step: 0.25 }, [0.25, 0.25, 1], [0, 0.25, 0.5, 0.75, 1]],
    ['integers', { kind: 'int', low: -1, high: 4 }, [0, 4, 4], [-1, 0, 1, 2, 3, 4]],
    ['logarithmic integers', { kind: 'int', low: 1, high: 6, log: true }, [2, 6], [1, 2, 3, 4, 5, 6]],
    ['choices', { kind: 'categorical', choices: ['a', 'b', 'c'] }, [0, 0, 2], [0, 1, 2]],
  ])('draws from the probabilities of %s', (_, distribution, values, all) => {
    const cells = all.map((value) => ({ at: value, end: value, width: 1 }));
    expect(distance(distribution, values, cells)).toBeLessThan(worst);
  });

  it('draws what belongs together from one kernel', () => {
    const space: SearchSpace = { x: { kind: 'float', low: 0, high: 1 }, y: { kind: 'float', low: 0, high: 1 } };
    const near = Array.from({ length: 12 }, (_, i) => [0.1 + i * 1e-3, 0.9 - i * 1e-3]);
    const far = Array.from({ length: 12 }, (_, i) => [0.9 + i * 1e-3, 0.1 - i * 1e-3]);
    const estimator = parzenEstimator([...near, ...far], space, 'optuna5');
    const random = rng('pairs');
    const together = Array.from({ length: 1000 }, () => drawPoint(estimator, random)).filter(([x, y]) => x! < 0.5 === y! > 0.5);
    expect(together.length).toBeGreaterThan(900);
  });
});
