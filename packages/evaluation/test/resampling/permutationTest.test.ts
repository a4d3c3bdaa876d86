import { rng } from '@mgmt/core';
import fc from 'fast-check';
import {
  aucPermutationTest,
  aucPValue,
  averagePrecision,
  type BinaryLabel,
  pairedAucPermutationTest,
  pairedPermutationTest,
  type PermutationOptions,
  permutationTest,
  rocAuc,
} from '../../src/index.js';
import { golden } from '../golden.js';
import { classes, labelsOf, rows, scoresOf } from '../rows.js';
import { seedScores } from '../simulate.js';

type Sides = Record<'two-sided' | 'greater' | 'less', number>;
interface Permuted {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  p: Sides;
}
interface Swapped {
  name: string;
  labels: BinaryLabel[];
  first: number[];
  second: number[];
  means: Sides;
  aucs: Sides;
}

const sides = ['two-sided', 'greater', 'less'] as const;
const bySide = (p: (options: PermutationOptions) => number) =>
  Object.fromEntries(sides.map((alternative) => [alternative, expect.closeTo(p({ alternative, rng: rng(0) }), 12) as number]));
const meanDifference = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value - b[i]!, 0) / a.length;
const labels = classes(56, 61);

describe.each(golden<Permuted[]>('inference', 'permuted'))('of few cases, $name,', ({ labels: few, scores, p }) => {
  it('aucPermutationTest equals all arrangements of SciPy', () => {
    expect(p).toEqual(bySide((options) => aucPermutationTest(few, scores, options).p));
  });

  it('permutationTest equals all arrangements of SciPy', () => {
    expect(p).toEqual(bySide((options) => permutationTest(few, (dealt) => rocAuc(dealt, scores), options).p));
  });
});

describe.each(golden<Swapped[]>('inference', 'swapped'))('of few pairs, $name,', ({ labels: few, first, second, means, aucs }) => {
  it('pairedPermutationTest equals all arrangements of SciPy', () => {
    expect(means).toEqual(bySide((options) => pairedPermutationTest(first, second, meanDifference, options).p));
  });

  it('pairedAucPermutationTest equals all arrangements of SciPy over the ranks', () => {
    expect(aucs).toEqual(bySide((options) => pairedAucPermutationTest(few, first, second, options).p));
  });
});

describe('aucPermutationTest', () => {
  const [scores] = seedScores(labels, rng('permuted'), { seeds: 1, shared: 1, shift: 0.4 }) as [number[]];

  it('looks at all arrangements where they are no more than asked for', () => {
    expect(aucPermutationTest([0, 0, 1, 1], [1, 2, 3, 4], { permutations: 6, rng: rng(0) })).toEqual({
      statistic: 1,
      p: 2 / 6,
      exact: true,
      arrangements: 6,
    });
    expect(aucPermutationTest([0, 0, 1, 1], [1, 2, 3, 4], { permutations: 5, rng: rng(0) })).toMatchObject({
      exact: false,
      arrangements: 6,
    });
  });

  it('of many cases comes near the normal approximation', () => {
    const { p, statistic } = aucPermutationTest(labels, scores, { rng: rng(1) });
    expect(statistic).toBe(rocAuc(labels, scores));
    expect(Math.abs(Math.log(p / aucPValue(labels, scores)))).toBeLessThan(0.3);
  });

  it('counts the observed arrangement among the drawn ones: p is never 0', () => {
    expect(aucPermutationTest(labels, [...labels.keys()], { permutations: 99, rng: rng(2), alternative: 'greater' }).p).toBe(1 / 100);
  });

  it('does not change under a monotone map of the scores', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const p = (of: number[]) => aucPermutationTest(labelsOf(all), of, { permutations: 50, rng: rng(3) });
        expect(p(scoresOf(all).map((score) => Math.exp(score / 10)))).toEqual(p(scoresOf(all)));
      }),
    );
  });

  it('is uniform where labels and scores have no connection', () => {
    const stream = rng('uniform');
    const few = classes(8, 9);
    const ps = Array.from({ length: 400 }, (_, set) => {
      const own = stream.child(set);
      const noise = few.map(() => own.uniform());
      return aucPermutationTest(few, noise, { permutations: 99, alternative: 'greater', rng: own.child('draws') }).p;
    });
    for (const level of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      const below = ps.filter((p) => p <= level).length;
      expect(Math.abs(below - 400 * level)).toBeLessThan(3.5 * Math.sqrt(400 * level * (1 - level)));
    }
  });
});

describe('keepNull', () => {
  const options = (permutations: number) => ({ permutations, rng: rng(7), keepNull: true }) as const;
  const four = [0, 0, 1, 1] as const;

  it('gives all arrangements where the test is exact: the AUCs of every labeling', () => {
    const { nullDistribution } = aucPermutationTest(four, [1, 2, 3, 4], options(6));
    expect([...nullDistribution].sort()).toEqual([0, 0.25, 0.5, 0.5, 0.75, 1]);
    expect(permutationTest(four, (dealt) => rocAuc(dealt, [1, 2, 3, 4]), options(6)).nullDistribution).toEqual(nullDistribution);
  });

  it('gives all swaps where the test is exact', () => {
    expect([...pairedPermutationTest([1, 3], [2, 4], meanDifference, options(4)).nullDistribution].sort()).toEqual([-1, 0, 0, 1]);
    expect(pairedAucPermutationTest(four, [1, 2, 3, 4], [1, 2, 4, 3], options(16)).nullDistribution).toHaveLength(16);
  });

  it('gives the drawn ones after the observed, and p is their share', () => {
    const noise = labels.map((label, i) => ((i * 37) % 117) + 10 * label);
    const { nullDistribution, statistic, p, arrangements } = aucPermutationTest(labels, noise, { ...options(99), alternative: 'greater' });
    expect([nullDistribution.length, nullDistribution[0]]).toEqual([arrangements, statistic]);
    expect(p).toBe(nullDistribution.filter((auc) => auc >= statistic - 1e-12).length / 100);
    expect(new Set(nullDistribution).size).toBeGreaterThan(50);
  });

  it('changes nothing else, and by default nothing is kept', () => {
    const { nullDistribution, ...kept } = aucPermutationTest(four, [1, 2, 4, 3], options(5));
    expect(nullDistribution).toHaveLength(6);
    expect(aucPermutationTest(four, [1, 2, 4, 3], { permutations: 5, rng: rng(7) })).toEqual(kept);
  });
});

describe('permutationTest', () => {
  it('takes any statistic of the labels, and is 1 of one class', () => {
    const scores = [3, 1, 4, 1, 5, 9, 2, 6];
    const few = [0, 0, 1, 0, 1, 1, 0, 1] as const;
    const { p, exact } = permutationTest(few, (dealt) => averagePrecision(dealt, scores), { rng: rng(0), alternative: 'greater' });
    expect([p, exact]).toEqual([1 / 70, true]);
    expect(permutationTest([1, 1], () => 0.3, { rng: rng(0) })).toEqual({ statistic: 0.3, p: 1, exact: true, arrangements: 1 });
  });

  it('refuses a statistic that is not a number', () => {
    expect(() => permutationTest([0, 1], () => NaN, { rng: rng(0) })).toThrow(/undefined-statistic/);
  });
});

describe('pairedAucPermutationTest', () => {
  const [first, second] = seedScores(labels, rng('paired'), { seeds: 2, shared: 0.5, shift: 0.4 }) as [number[], number[]];

  it('does not care on which scale each model is', () => {
    const options = () => ({ permutations: 200, rng: rng(4) });
    const p = pairedAucPermutationTest(labels, first, second, options());
    expect(
      pairedAucPermutationTest(
        labels,
        first,
        second.map((score) => 100 + 7 * score),
        options(),
      ),
    ).toEqual(p);
    expect(p.statistic).toBeCloseTo(rocAuc(labels, first) - rocAuc(labels, second), 12);
  });

  it('changes its sign and nothing else when the models change places', () => {
    const options = () => ({ permutations: 200, rng: rng(5) });
    const [there, back] = [
      pairedAucPermutationTest(labels, first, second, options()),
      pairedAucPermutationTest(labels, second, first, options()),
    ];
    expect([back.statistic, back.p]).toEqual([-there.statistic, there.p]);
  });

  it('is 1 of a model and itself', () => {
    expect(pairedAucPermutationTest(labels, first, first, { permutations: 50, rng: rng(6) }).p).toBe(1);
  });
});

it('pairedPermutationTest hands over the same pairs every time, some of them swapped', () => {
  const seen: string[] = [];
  const note = (a: Float64Array, b: Float64Array) => seen.push([...a].map((value, i) => `${value}${b[i]}`).join(' '));
  pairedPermutationTest([1, 3], [2, 4], note, { rng: rng(0) });
  expect(seen.sort()).toEqual(['12 34', '12 34', '12 43', '21 34', '21 43']); // the observed one, and all four
});

it('pairedPermutationTest refuses values without a partner', () => {
  expect(() => pairedPermutationTest([1, 2], [1], meanDifference, { rng: rng(0) })).toThrow(/length-mismatch: paired values come in pairs/);
});
