import type { Rng } from '@mgmt/core';
import {
  aucEquivalenceTest,
  aucPermutationTest,
  aucPValue,
  benjaminiHochberg,
  bonferroni,
  correctedTTest,
  delongTest,
  delongUnpairedTest,
  holm,
  mcNemarTest,
  pairedAucPermutationTest,
  pairedPermutationTest,
  permutationTest,
  rocAuc,
} from '../../src/index.js';
import { classes } from '../rows.js';
import { seedScores, SHIFT_OF_AUC } from '../simulate.js';
import { binomialMasses, shareOf } from './binomial.js';
import { crossValidate } from './crossValidation.js';
import type { Promised } from './promise.js';

const labels = classes(56, 61);
const TESTS = 13; // the paper's, of CNNs
const PERMUTATIONS = 199;
const noise = (stream: Rng) => seedScores(labels, stream, { seeds: 1, shared: 1 })[0]!;
const twoModels = (stream: Rng, auc: 0.5 | 0.7) =>
  seedScores(labels, stream, { seeds: 2, shared: 0.5, shift: SHIFT_OF_AUC[auc] }) as [number[], number[]];
const promised = (name: string, on: string, p: (stream: Rng) => number, more: Partial<Promised> = {}): Promised => ({
  name,
  on,
  isRight: (stream) => p(stream) > 0.05,
  ...more,
});

const ofNoSignal: readonly Promised[] = [
  promised('aucPValue, chance', 'noise', (stream) => aucPValue(labels, noise(stream))),
  promised('aucPValue, delong', 'noise', (stream) => aucPValue(labels, noise(stream), { spread: 'delong' })),
  promised('aucPermutationTest', 'noise', (stream) => {
    return aucPermutationTest(labels, noise(stream), { permutations: PERMUTATIONS, rng: stream.child('draws'), alternative: 'greater' }).p;
  }),
  promised('permutationTest', 'difference of means, noise', (stream) => {
    const scores = noise(stream);
    const difference = (dealt: ArrayLike<number>) => scores.reduce((sum, score, i) => sum + (dealt[i] === 1 ? score / 61 : -score / 56), 0);
    return permutationTest(labels, difference, { permutations: PERMUTATIONS, rng: stream.child('draws'), alternative: 'greater' }).p;
  }),
];

const ofNoDifference: readonly Promised[] = ([0.5, 0.7] as const).flatMap((auc): Promised[] => [
  promised('delongTest', `two models of AUC ${auc}`, (stream) => delongTest(labels, ...twoModels(stream, auc)).p),
  promised('delongUnpairedTest', `AUC ${auc} of 117 and of 60`, (stream) => {
    const fewer = classes(20, 40);
    const [first, second] = [labels, fewer].map((of) => {
      return { labels: of, scores: seedScores(of, stream, { seeds: 1, shared: 1, shift: SHIFT_OF_AUC[auc] })[0]! };
    });
    return delongUnpairedTest(first!, second!).p;
  }),
  promised('pairedAucPermutationTest', `two models of AUC ${auc}`, (stream) => {
    const options = { permutations: PERMUTATIONS, rng: stream.child('draws'), alternative: 'greater' } as const;
    return pairedAucPermutationTest(labels, ...twoModels(stream, auc), options).p;
  }),
  promised('pairedPermutationTest', `means of two models of AUC ${auc}`, (stream) => {
    const difference = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value - b[i]!, 0);
    const options = { permutations: PERMUTATIONS, rng: stream.child('draws'), alternative: 'greater' } as const;
    return pairedPermutationTest(...twoModels(stream, auc), difference, options).p;
  }),
]);

const RIGHT_BY_ONE = 0.2; // of each of two classifiers, the share of cases on which it alone is right

const ofCounts: readonly Promised[] = (['mid-p', 'exact', 'chi-square'] as const).map((method) => {
  const right = (discordant: number, onlyFirst: number) => mcNemarTest(onlyFirst, discordant - onlyFirst, { method }) > 0.05;
  return {
    name: `mcNemarTest, ${method}`,
    on: '117 cases, a fifth right by one alone, a fifth by the other',
    share: binomialMasses(117, 2 * RIGHT_BY_ONE).reduce(
      (sum, mass, n) => sum + mass * (n === 0 ? 1 : shareOf(n, 0.5, (k) => right(n, k))),
      0,
    ),
    isRight(stream) {
      const discordant = labels.filter(() => stream.chance(2 * RIGHT_BY_ONE)).length;
      return right(discordant, Array.from({ length: discordant }, () => stream.chance(0.5)).filter(Boolean).length);
    },
  };
});

const ofMany: readonly Promised[] = [
  { name: 'bonferroni', adjust: bonferroni, share: (1 - 0.05 / TESTS) ** TESTS },
  { name: 'holm', adjust: holm, share: (1 - 0.05 / TESTS) ** TESTS },
  { name: 'benjaminiHochberg', adjust: benjaminiHochberg, share: 0.95 },
].flatMap(({ name, adjust, share }): Promised[] => [
  promised(name, `${TESTS} independent uniform p`, (stream) => Math.min(...adjust(Array.from({ length: TESTS }, () => stream.uniform()))), {
    share,
  }),
  promised(
    name,
    `${TESTS} models on the same cases, noise`,
    (stream) => {
      return Math.min(...adjust(seedScores(labels, stream, { seeds: TESTS, shared: 0.5 }).map((scores) => aucPValue(labels, scores))));
    },
    { share, orMore: true },
  ),
]);

const ofTrainings: readonly Promised[] = [
  promised('correctedTTest', 'ten folds five times, differences as correlated as it supposes', (stream) => {
    const shared = Math.sqrt(0.1) * stream.normal();
    return correctedTTest(
      Array.from({ length: 50 }, () => shared + Math.sqrt(0.9) * stream.normal()),
      { testCases: 1, trainingCases: 9 },
    ).p;
  }),
  promised(
    'correctedTTest',
    'five folds ten times, AUCs of models trained on noise',
    (stream) => {
      const [a, b] = ['first', 'second'].map((features) => crossValidate(labels, stream, { folds: 5, repetitions: 10, features }));
      const differences = a!.map(({ labels: of, scores }, fold) => rocAuc(of, scores) - rocAuc(of, b![fold]!.scores));
      return correctedTTest(differences, { testCases: 1, trainingCases: 4 }).p;
    },
    { share: 0.863, measured: true },
  ),
  promised(
    'aucEquivalenceTest',
    'margin 0.1, AUC 0.6',
    (stream) => {
      const shift = Math.SQRT2 * 0.2533471031357997; // of an AUC of 0.6
      return aucEquivalenceTest(labels, seedScores(labels, stream, { seeds: 1, shared: 1, shift })[0]!, { margin: 0.1 }).p;
    },
    { orMore: true },
  ),
];

export const tests: readonly Promised[] = [...ofNoSignal, ...ofNoDifference, ...ofCounts, ...ofMany, ...ofTrainings];
