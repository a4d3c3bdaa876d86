import { rng } from '@mgmt/core';
import {
  delongInterval,
  guessingLoss,
  histogram,
  kernelDensity,
  overlapCoefficient,
  rocCurve,
  seedMeanAucInterval,
} from '@mgmt/evaluation';
import {
  aucForest,
  type Block,
  classOverlap,
  type ComparisonRow,
  intervalText,
  lossCurves,
  predictionHistogram,
  type PredictionGroup,
  type PredictionPanel,
  rocCurves,
} from '@mgmt/report';
import { PAPER } from '../paper.js';
import type { Plan, Prediction, RunRecord } from '../records.js';
import type { Findings } from '../study.js';
import { type Compared, compareWithPaper, verdictOnMean } from './verdicts.js';

const LEVEL = 0.95;
const RESAMPLES = 2000;

/** What the records of ResNet10 over its seeds say. A pure function: the same records give the same page. */
export function resnet10SeedsFindings(records: readonly RunRecord[], plan: Plan): Findings {
  const seeds = records.map((record) => seedOf(record));
  const labels = seeds[0]!.validation.map((p) => p.label as 0 | 1);
  const mean = seedMeanAucInterval(
    labels,
    seeds.map((seed) => seed.validation.map((p) => p.logit)), // as for each seed: float32 probabilities tie where logits do not
    { resamples: RESAMPLES, level: LEVEL, rng: rng('report').child('seed mean') },
  );
  const [class0, class1] = plan.cohort.counts.training;
  const share = class1 / (class0 + class1);
  const verdict = verdictOnMean(mean, { networks: seeds.length, cases: labels.length });
  const finalLoss = average(seeds.map((seed) => seed.losses.at(-1)!));
  const overlap = average(seeds.map((seed) => seed.overlap));
  const trainAuc = average(seeds.map((seed) => seed.train.auc));
  const onPhantom = plan.cohort.signal !== undefined;

  return {
    headline: verdict.headline,
    detail: verdict.detail + (onPhantom ? ` ${PHANTOM_SENTENCE(plan.cohort.signal!)}` : ''),
    numbers: [
      {
        label: `Mean validation AUC, ${seeds.length} seeds`,
        value: mean.mean.toFixed(2),
        note: `95 % interval ${intervalText([mean.low, mean.high], 2)}`,
      },
      { label: 'Training loss at the end', value: finalLoss.toFixed(2), note: 'guessing: ln 2 = 0.69' },
      {
        label: 'Overlap of the classes',
        value: overlap.toFixed(2),
        note: 'share of the two densities of predictions that coincides; 1: all of it',
      },
    ],
    sections: [
      {
        id: 'resnet10-seeds',
        heading: 'ResNet10 over many seeds',
        blocks: [
          { kind: 'paragraph', text: QUESTION },
          {
            kind: 'figure',
            figure: aucForest({
              rows: seeds.map((seed, i) => ({
                name: seed.name,
                ours: { value: seed.auc.auc, low: seed.auc.low, high: seed.auc.high },
                ...(PAPER.table3[i] !== undefined && { paper: PAPER.table3[i] }),
              })),
              mean: { name: 'mean', ours: { value: mean.mean, low: mean.low, high: mean.high }, paper: average(PAPER.table3) },
            }),
          },
          comparison(seeds, mean, finalLoss, onPhantom),
          table2(plan),
        ],
      },
      {
        id: 'predictions',
        heading: 'What the networks predict',
        blocks: predictionBlocks(seeds),
      },
      {
        id: 'training',
        heading: 'What the networks learned',
        blocks: [
          {
            kind: 'paragraph',
            text: `Equation 1 of the paper, solved for a network that answers 0.5 to every case, gives ln 2 = 0.693; one that answers the share of class 1 among the training cases (${share.toFixed(3)}) to every case has a loss of ${guessingLoss(share).toFixed(3)}. The mean AUC on the cases that the networks were trained on is ${trainAuc.toFixed(2)}: where it is far above the validation's, training cases were learned by heart.`,
          },
          {
            kind: 'figure',
            figure: lossCurves(
              seeds.map(({ name, losses, validationLosses }) => ({ name, training: losses, validation: validationLosses })),
            ),
          },
          {
            kind: 'table',
            caption:
              'Each seed: AUC at the last epoch, which is the result; at its best epoch, which is optimistic, since it was chosen on the cases that judge it; mean and standard deviation of its predictions.',
            columns: [
              { name: 'Seed' },
              { name: 'AUC', digits: 3 },
              { name: '95 % interval' },
              { name: 'Best epoch', digits: 3 },
              { name: 'Train AUC', digits: 3 },
              { name: 'Train loss', digits: 3 },
              { name: 'Mean', digits: 3 },
              { name: 'Spread', digits: 3 },
            ],
            rows: seeds.map((seed) => [
              seed.name,
              seed.auc.auc,
              intervalText([seed.auc.low, seed.auc.high], 2),
              seed.bestAuc,
              seed.train.auc,
              seed.losses.at(-1)!,
              seed.meanPrediction,
              seed.deviation,
            ]),
          },
        ],
      },
    ],
    results: {
      meanAuc: { value: mean.mean, low: mean.low, high: mean.high, level: LEVEL, resamples: RESAMPLES },
      verdict: verdict.kind,
      seeds: seeds.map((seed) => ({
        run: seed.record.run.run,
        seed: seed.record.run.seed,
        auc: { value: seed.auc.auc, low: seed.auc.low, high: seed.auc.high },
        bestEpochAuc: seed.bestAuc,
        trainAuc: seed.train.auc,
        trainLoss: seed.losses.at(-1),
        meanPrediction: seed.meanPrediction,
        deviation: seed.deviation,
        overlap: seed.overlap,
      })),
    },
  };
}

type SeedFindings = ReturnType<typeof seedOf>;

/** What one finished run says. */
function seedOf(record: RunRecord) {
  const inSet = (set: Prediction['set']) => record.predictions.filter((p) => p.set === set);
  const [train, validation, test] = [inSet('train'), inSet('validation'), inSet('test')];
  const probabilities = validation.map((p) => p.probability);
  const scores = (label: 0 | 1) => validation.filter((p) => p.label === label).map((p) => p.probability);
  return {
    record,
    name: `seed ${record.run.seed}`,
    validation,
    test,
    auc: aucOf(validation),
    train: aucOf(train),
    bestAuc: Math.max(...record.epochs.map((epoch) => (typeof epoch['auc'] === 'number' ? epoch['auc'] : 0))),
    losses: record.epochs.map((epoch) => epoch.trainLoss),
    validationLosses: record.epochs.map((epoch) => epoch.validationLoss ?? NaN),
    meanPrediction: average(probabilities),
    deviation: Math.sqrt(average(probabilities.map((p) => (p - average(probabilities)) ** 2))),
    overlap: overlapCoefficient(density(scores(0)), density(scores(1))),
  };
}

const aucOf = (predictions: readonly Prediction[]) =>
  delongInterval(
    predictions.map((p) => p.label as 0 | 1),
    predictions.map((p) => p.logit),
    { level: LEVEL },
  );

function predictionBlocks(seeds: readonly SeedFindings[]): Block[] {
  const panels = seeds.map((seed) => panelOf(seed, seed.validation, [0, 1]));
  const blocks: Block[] = [
    {
      kind: 'figure',
      figure: predictionHistogram(panels.slice(0, 3), {
        id: 'figure-3',
        title: 'Predictions of three seeds by true label (the paper’s Figure 3)',
      }),
    },
    { kind: 'figure', figure: classOverlap(panels, { title: 'Class overlap and the decision boundary (the paper’s Figure 5)' }) },
    {
      kind: 'figure',
      figure: predictionHistogram(panels, { id: 'figure-12', title: 'Predictions of all seeds by true label (the paper’s Figure 12)' }),
    },
    {
      kind: 'figure',
      figure: rocCurves({
        curves: seeds.map((seed) => {
          const curve = rocCurve(
            seed.validation.map((p) => p.label as 0 | 1),
            seed.validation.map((p) => p.logit),
          );
          return {
            name: seed.name,
            falsePositiveRate: curve.falsePositiveRates,
            truePositiveRate: curve.truePositiveRates,
            auc: seed.auc.auc,
          };
        }),
      }),
    },
  ];
  if (seeds[0]!.test.length > 1) {
    const unlabeled = seeds.map((seed) => panelOf(seed, seed.test, [null]));
    blocks.push(
      {
        kind: 'paragraph',
        text: `The ${seeds[0]!.test.length} cases of test/ have no label: nothing was trained or judged on them. A network that is sure of itself gives them two humps, whether it is right or not; one hump in the middle is a network that tells nothing apart.`,
      },
      {
        kind: 'figure',
        figure: predictionHistogram(unlabeled, { id: 'test-predictions', title: 'Predictions for the cases without label' }),
      },
    );
  }
  return blocks;
}

function panelOf(seed: SeedFindings, predictions: readonly Prediction[], labels: readonly PredictionGroup['label'][]): PredictionPanel {
  const groups = labels.map((label): PredictionGroup => {
    const scores = predictions.filter((p) => p.label === label).map((p) => p.probability);
    return { label, scores, histogram: histogram(scores, { bins: 20, domain: [0, 1] }), kde: density(scores) };
  });
  return { name: seed.name, ...(labels[0] !== null && { note: `AUC ${seed.auc.auc.toFixed(2)}` }), groups };
}

function comparison(
  seeds: readonly SeedFindings[],
  mean: { mean: number; low: number; high: number },
  finalLoss: number,
  onPhantom: boolean,
): Block {
  const compared: Compared[] = [
    ...PAPER.table3.slice(0, seeds.length).map((paper, i) => ({
      name: `AUC, ${seeds[i]!.name}`,
      anchor: 'auc-forest',
      paper,
      ours: seeds[i]!.auc.auc,
      interval: [seeds[i]!.auc.low, seeds[i]!.auc.high] as const,
    })),
    {
      name: 'AUC, mean',
      anchor: 'auc-forest',
      paper: average(PAPER.table3),
      ours: mean.mean,
      interval: [mean.low, mean.high],
    },
  ];
  const lossRow: ComparisonRow = onPhantom
    ? {
        name: 'Training loss',
        anchor: 'loss-curves',
        paper: PAPER.trainingLoss.atTheEnd,
        ours: finalLoss,
        verdict: 'cannot tell',
        reason: 'not the paper’s data',
      }
    : {
        name: 'Training loss',
        anchor: 'loss-curves',
        paper: PAPER.trainingLoss.atTheEnd,
        ours: finalLoss,
        verdict: Math.abs(finalLoss - PAPER.trainingLoss.atTheEnd) <= 0.05 ? 'agrees' : 'differs',
        reason: 'within 0.05, since the paper prints one digit',
      };
  const table = compareWithPaper(compared, onPhantom);
  return { kind: 'comparison', ...table, rows: [...table.rows, lossRow] };
}

function table2({ cohort: { counts } }: Plan): Block {
  const paper = PAPER.table2;
  return {
    kind: 'table',
    caption: 'Class distribution, and that of the paper’s Table 2.',
    columns: [{ name: 'Class' }, { name: 'Training' }, { name: 'Validation' }, { name: 'Paper: training' }, { name: 'Paper: validation' }],
    rows: [
      ['0, unmethylated', counts.training[0], counts.validation[0], paper.training[0], paper.validation[0]],
      ['1, methylated', counts.training[1], counts.validation[1], paper.training[1], paper.validation[1]],
    ],
  };
}

const density = (scores: readonly number[]) => kernelDensity(scores, { domain: [0, 1], boundary: 'reflecting' });

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const QUESTION =
  'The paper trained the competition winner’s network ten times, with nothing changed but the seed, and asked whether any of them tells the classes apart. The same patients judge all seeds here, so the seeds are not counted as if they were so many independent studies: the interval of the mean resamples patients, all seeds together.';

const PHANTOM_SENTENCE = (signal: number) =>
  signal === 0
    ? 'These are made-up heads in which image and label have nothing to do with each other: this is what a null result looks like. It says nothing about patients.'
    : `These are made-up heads in which the image shows the label with signal ${signal} of 1: the same pipeline finds a connection where there is one. It says nothing about patients.`;
