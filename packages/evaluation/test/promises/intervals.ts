import type { Rng } from '@mgmt/core';
import {
  balancedAccuracy,
  bootstrapAucInterval,
  bootstrapInterval,
  confusionCounts,
  crossValidatedAucInterval,
  delongInterval,
  delongMeanInterval,
  delongTest,
  delongUnpairedTest,
  likelihoodRatios,
  proportionInterval,
  rocBand,
  seedMeanAucInterval,
} from '../../src/index.js';
import { normalQuantile, normalTail } from '../../src/normal.js';
import { classes } from '../rows.js';
import { seedScores, SHIFT_OF_AUC } from '../simulate.js';
import { binomialMasses, shareOf } from './binomial.js';
import { crossValidate, splitCases } from './crossValidation.js';
import { holds, type Promised } from './promise.js';

const labels = classes(56, 61);
const one = { seeds: 1, shared: 1 } as const;
const three = { seeds: 3, shared: 0.5 } as const;
const scoresOf = (stream: Rng, shift: number) => seedScores(labels, stream, { ...one, shift })[0]!;

/** Intervals of one AUC, each where it is 0.5 and where it is 0.7. */
const ofAnAuc: readonly Promised[] = ([0.5, 0.7] as const).flatMap((auc): Promised[] => {
  const shift = SHIFT_OF_AUC[auc];
  const promised = (name: string, interval: (stream: Rng) => { low: number; high: number }, more: Partial<Promised> = {}): Promised => ({
    name,
    on: `AUC ${auc}`,
    isRight: (stream: Rng) => holds(auc)(interval(stream)),
    ...more,
  });
  return [
    promised('delongInterval', (stream) => delongInterval(labels, scoresOf(stream, shift))),
    promised('delongInterval, linear', (stream) => delongInterval(labels, scoresOf(stream, shift), { scale: 'linear' })),
    promised('bootstrapAucInterval, percentile', (stream) =>
      bootstrapAucInterval(labels, scoresOf(stream, shift), { resamples: 199, rng: stream.child('draws') }),
    ),
    promised('bootstrapAucInterval, bca', (stream) =>
      bootstrapAucInterval(labels, scoresOf(stream, shift), { resamples: 399, method: 'bca', rng: stream.child('draws') }),
    ),
    promised('bootstrapAucInterval, three slices a patient', (stream) => {
      const slices = seedScores(labels, stream, { ...three, shift }); // [slices][patients]
      return bootstrapAucInterval([...labels, ...labels, ...labels], slices.flat(), {
        clusters: slices.flatMap(() => [...labels.keys()]),
        resamples: 199,
        rng: stream.child('draws'),
      });
    }),
    promised('delongMeanInterval, three seeds', (stream) => delongMeanInterval(labels, seedScores(labels, stream, { ...three, shift }))),
    promised('seedMeanAucInterval, three seeds', (stream) =>
      seedMeanAucInterval(labels, seedScores(labels, stream, { ...three, shift }), { rng: stream.child('draws'), resamples: 199 }),
    ),
    promised(
      'crossValidatedAucInterval, asymptotic, five models given',
      (stream) => {
        const scores = scoresOf(stream, shift);
        const folds = splitCases(labels, 5, stream.child('split'));
        return crossValidatedAucInterval(
          folds.map((part, fold) => ({ labels: part.map((i) => labels[i]!), scores: part.map((i) => 10 * fold + scores[i]!) })),
          { variance: 'asymptotic' },
        );
      },
      { orMore: true }, // folds of 23 cases: on the logit scale a little too wide
    ),
  ];
});

/** The sensitivity at a rate of false positives: in the middle, and where few resamples tell. */
const ofACurve: readonly Promised[] = [
  { auc: 0.5, rate: 0.2, orMore: true },
  { auc: 0.7, rate: 0.2, orMore: true },
  { auc: 0.7, rate: 0.01, share: 0.808, measured: true },
  { auc: 0.7, rate: 0.95, share: 0.779, measured: true },
].map(({ auc, rate, ...known }) => {
  const shift = SHIFT_OF_AUC[auc as 0.5 | 0.7];
  return {
    name: 'rocBand',
    on: `AUC ${auc}, false positive rate ${rate}`,
    ...known,
    isRight(stream) {
      const band = rocBand(labels, scoresOf(stream, shift), { falsePositiveRate: [rate], resamples: 199, rng: stream.child('draws') });
      return holds(normalTail(-shift - normalQuantile(rate)))({ low: band.low[0]!, high: band.high[0]! });
    },
  };
});

const SENSITIVITY = 0.7;
const SPECIFICITY = 0.6;
const ratio = SENSITIVITY / (1 - SPECIFICITY);

/** Intervals of shares and what is made of them; how often they are right is known exactly. */
const ofShares: readonly Promised[] = [
  ...(['wilson', 'clopper-pearson'] as const).map((interval): Promised => {
    const right = (successes: number) => holds(SENSITIVITY)(proportionInterval(successes, 61, { interval }));
    return {
      name: `proportionInterval, ${interval}`,
      on: '0.7 of 61',
      share: shareOf(61, SENSITIVITY, right),
      isRight: (stream) => right(drawn(stream, 61, SENSITIVITY)),
    };
  }),
  {
    name: 'likelihoodRatios, positive',
    on: 'sensitivity 0.7 of 61, specificity 0.6 of 56',
    share: binomialMasses(61, SENSITIVITY).reduce(
      (sum, mass, right) => sum + mass * shareOf(56, SPECIFICITY, (k) => ratioHeld(right, k)),
      0,
    ),
    isRight: (stream) => ratioHeld(drawn(stream, 61, SENSITIVITY), drawn(stream, 56, SPECIFICITY)),
  },
];

/** Cross-validations whose models train on each other's cases. */
const VALIDATED = [
  { variance: 'doubled', repetitions: 1, shift: 0, orMore: true },
  { variance: 'doubled', repetitions: 2, shift: 0, share: 0.936, measured: true },
  { variance: 'doubled', repetitions: 1, shift: SHIFT_OF_AUC[0.7], orMore: true },
  { variance: 'asymptotic', repetitions: 1, shift: 0, share: 0.855, measured: true },
  { variance: 'asymptotic', repetitions: 2, shift: 0, share: 0.815, measured: true },
  { variance: 'asymptotic', repetitions: 1, shift: SHIFT_OF_AUC[0.7] },
] as const;

/** Intervals of differences, and of statistics other than the AUC. */
const ofOthers: readonly Promised[] = [
  ...VALIDATED.map(({ variance, repetitions, shift, ...known }): Promised => ({
    name: `crossValidatedAucInterval, ${variance}, five folds${repetitions === 1 ? '' : ' twice'}`,
    on: shift === 0 ? 'models trained on noise' : 'models trained on signal, AUC 0.7',
    ...known,
    isRight(stream) {
      const folds = crossValidate(labels, stream, { folds: 5, repetitions, shift });
      const truth = folds.reduce((sum, { trueAuc }) => sum + trueAuc, 0) / folds.length;
      return holds(truth)(crossValidatedAucInterval(folds, { variance }));
    },
  })),
  {
    name: 'delongTest, interval',
    on: 'AUC 0.7 and 0.5, same cases',
    isRight(stream) {
      const [noise, other] = seedScores(labels, stream, { seeds: 2, shared: 0.5 }) as [number[], number[]];
      const better = other.map((score, i) => score + SHIFT_OF_AUC[0.7] * labels[i]!);
      return holds(0.7 - 0.5)(delongTest(labels, better, noise));
    },
  },
  {
    name: 'delongUnpairedTest, interval',
    on: 'AUC 0.7 of 117, 0.5 of 60',
    isRight(stream) {
      const fewer = classes(20, 40);
      const second = { labels: fewer, scores: seedScores(fewer, stream, one)[0]! };
      return holds(0.7 - 0.5)(delongUnpairedTest({ labels, scores: scoresOf(stream, SHIFT_OF_AUC[0.7]) }, second));
    },
  },
  ...(['percentile', 'bca'] as const).map((method): Promised => {
    const threshold = SHIFT_OF_AUC[0.7] / 2;
    return {
      name: `bootstrapInterval, ${method}`,
      on: 'balanced accuracy, AUC 0.7',
      isRight(stream) {
        const scores = scoresOf(stream, SHIFT_OF_AUC[0.7]);
        const pick = <T>(of: readonly T[], cases: Uint32Array) => Array.from(cases, (i) => of[i]!);
        const interval = bootstrapInterval(
          labels.length,
          (cases) => balancedAccuracy(confusionCounts(pick(labels, cases), pick(scores, cases), threshold)),
          { strata: labels, resamples: 199, method, rng: stream.child('draws') },
        );
        return holds(normalTail(-threshold))(interval);
      },
    };
  }),
];

export const intervals: readonly Promised[] = [...ofAnAuc, ...ofACurve, ...ofOthers, ...ofShares];

function drawn(stream: Rng, trials: number, probability: number): number {
  return Array.from({ length: trials }, () => stream.chance(probability)).filter(Boolean).length;
}

function ratioHeld(truePositives: number, trueNegatives: number): boolean {
  const counts = { truePositives, falseNegatives: 61 - truePositives, trueNegatives, falsePositives: 56 - trueNegatives };
  return holds(ratio)(likelihoodRatios(counts).positive);
}
