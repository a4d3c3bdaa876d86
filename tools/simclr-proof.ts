/**
 * Does pretraining help, and only where there is something to find? Encoders are pretrained on phantom heads without labels; then, in many cohorts, linear
 * classifiers are trained on the features of a few labeled heads, once from a pretrained encoder and once from random weights, and compared on new heads.
 *
 *   node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/simclr-proof.ts [--fine-tune] [--out simclr-proof.json]
 */
import { parseArgs } from 'node:util';
import { phantomCase, phantomConfig, type PhantomConfig } from '@mgmt/cohort';
import { rng } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { rocAuc, summarize } from '@mgmt/evaluation';
import { resnet, resnet18Config } from '@mgmt/models-cnn';
import { type LayersModel, selectBackend, simclrAugmentation } from '@mgmt/nn';
import { casePipeline, prepareInput } from '@mgmt/preprocess';
import {
  chanceNtXent,
  encoderOf,
  embed,
  pretrain,
  type PretrainingConfig,
  transfer,
  transferModel,
  type UnlabeledImages,
} from '@mgmt/ssl-simclr';
import { arrayBatches, predict, type TrainingConfig } from '@mgmt/training';
import { logit, ridgeLogistic } from './null-cohorts/ridgeLogistic.js';

const { values } = parseArgs({
  options: {
    cohorts: { type: 'string', default: '20' },
    encoders: { type: 'string', default: '2' },
    labeled: { type: 'string', default: '32' },
    tested: { type: 'string', default: '200' },
    pool: { type: 'string', default: '200' },
    epochs: { type: 'string', default: '12' },
    signals: { type: 'string', default: '0.5,0' },
    'fine-tune': { type: 'boolean', default: false }, // the whole network, in place of a linear classifier on fixed features
    out: { type: 'string' },
  },
});
const [cohorts, encoders, labeled, tested, pool, epochs] = (['cohorts', 'encoders', 'labeled', 'tested', 'pool', 'epochs'] as const).map(
  (name) => Number(values[name]),
) as [number, number, number, number, number, number];

const SIZE = 32;
const RIDGE = 0.1;
const ITERATIONS = 60;
const SLICES = 8; // as channels: 40 mm around the largest cutaway
const network = { ...resnet18Config, width: 8, stemStride: 1, spatial: [SIZE, SIZE] } as const;
const head = { shape: [24, SIZE, SIZE], modalities: ['FLAIR'], testCases: 0, noise: 0.15 } as const satisfies Partial<PhantomConfig>;

const pretraining: PretrainingConfig = {
  augmentation: simclrAugmentation,
  batchSize: 64,
  temperature: 0.1,
  projection: { hidden: 64, units: 32 },
  seed: 0,
  training: { epochs, optimizer: { kind: 'adam', learningRate: 2e-3, weightDecay: 1e-4 }, schedule: { kind: 'cosine', epochs } },
};
const fineTuning: TrainingConfig = {
  epochs: 30,
  optimizer: { kind: 'adamw', learningRate: 1e-3, weightDecay: 0.01 },
  schedule: { kind: 'step', factor: 0.5, atEpochs: [10, 20] },
  loss: { kind: 'binary-cross-entropy-with-logits' },
};

/** One cohort's comparison: AUC on new heads. */
interface Comparison {
  readonly cohort: number;
  readonly random: number;
  readonly pretrained: number;
}

const started = performance.now();
const { backend } = await selectBackend();
const pretrained = await Promise.all(Array.from({ length: encoders }, (_, seed) => pretrainedEncoder(seed)));
const results = [];
for (const signal of values.signals.split(',').map(Number)) {
  const comparisons: Comparison[] = [];
  for (let cohort = 0; cohort < cohorts; cohort++) {
    comparisons.push(await compare(cohort, signal, pretrained[cohort % encoders]!));
    const { random, pretrained: from } = comparisons.at(-1)!;
    console.error(`signal ${signal}, cohort ${cohort}: AUC ${random.toFixed(3)} from random weights, ${from.toFixed(3)} pretrained`);
  }
  results.push({ signal, ...summaryOf(comparisons), comparisons });
}
const seconds = Math.round((performance.now() - started) / 1000);
const record = { node: process.version, backend, settings: { cohorts, encoders, labeled, tested, pool, epochs }, seconds, results };
console.log(JSON.stringify({ ...record, results: results.map(({ comparisons: _, ...summary }) => summary) }, null, 2));
if (values.out) await writeFileAtomic(values.out, JSON.stringify(record, null, 2) + '\n');

/** An encoder that has seen slices of a cohort of its own, which no classifier is trained or tried on. */
async function pretrainedEncoder(seed: number): Promise<LayersModel> {
  const encoder = encoderOf(resnet({ ...network, seed: `encoder ${seed}` }));
  const slices = unlabeledSlices(phantomConfig({ ...head, cases: pool, seed: 10_000 + seed }));
  const { history } = await pretrain(encoder, slices, { ...pretraining, seed });
  const losses = [history[0]!, history.at(-1)!].map(({ trainLoss }) => trainLoss.toFixed(3));
  console.error(
    `encoder ${seed}: ${slices.ids.length} slices, NT-Xent ${losses.join(' to ')} (chance ${chanceNtXent(pretraining.batchSize).toFixed(3)})`,
  );
  return encoder;
}

async function compare(cohort: number, signal: number, encoder: LayersModel): Promise<Comparison> {
  const config = phantomConfig({ ...head, cases: labeled + tested, signal, seed: cohort });
  const cases = Array.from({ length: labeled + tested }, (_, i) => downstreamCase(config, i));
  const untrained = encoderOf(resnet({ ...network, seed: `random ${cohort}` }));
  const auc = async (from: LayersModel) => (values['fine-tune'] ? tunedAuc(from, cases, cohort) : probedAuc(from, cases));
  const comparison = { cohort, random: await auc(untrained), pretrained: await auc(encoder) };
  untrained.dispose();
  return comparison;
}

interface LabeledCase {
  readonly id: string;
  readonly label: 0 | 1;
  readonly pixels: Float32Array;
}

/** A linear classifier on the features of an encoder that stays as it is, trained on the first cases: AUC on the others. */
async function probedAuc(encoder: LayersModel, cases: readonly LabeledCase[]): Promise<number> {
  const classifier = await transferModel(encoder, { channels: SLICES, classes: 1, seed: 0 });
  const images = { ids: cases.map(({ id }) => id), shape: [SIZE, SIZE, SLICES], load: async (i: number) => cases[i]!.pixels };
  const { data, shape } = await embed(encoderOf(classifier), images);
  classifier.dispose();
  const rows = cases.map((_, i) => Float64Array.from(data.subarray(i * shape[1], (i + 1) * shape[1])));
  standardize(rows, rows.slice(0, labeled));
  const labels = cases.map(({ label }) => label);
  const linear = ridgeLogistic(rows.slice(0, labeled), labels.slice(0, labeled), RIDGE, ITERATIONS);
  return rocAuc(labels.slice(labeled), rows.slice(labeled).map((row) => logit(linear, row))); // prettier-ignore
}

/** The whole network trained on the first cases: AUC on the others. */
async function tunedAuc(encoder: LayersModel, cases: readonly LabeledCase[], seed: number): Promise<number> {
  const batches = (some: readonly LabeledCase[], batchSize: number) => ({
    ids: some.map(({ id }) => id),
    labels: some.map(({ label }) => label),
    shape: [SIZE, SIZE, SLICES],
    batchSize,
    load: async (i: number) => some[i]!.pixels,
  });
  const [training, test] = [cases.slice(0, labeled), cases.slice(labeled)];
  const data = arrayBatches({ ...batches(training, 16), shuffle: rng(seed).child('tuning') });
  const { model } = await transfer(encoder, data, { channels: SLICES, classes: 1, seed, encoder: 'whole', training: fineTuning });
  const { probabilities } = await predict(model, arrayBatches(batches(test, 50)));
  model.dispose();
  return rocAuc(test.map(({ label }) => label), probabilities); // prettier-ignore
}

function downstreamCase(config: PhantomConfig, index: number): LabeledCase {
  const { id, label, render } = phantomCase(config, index);
  const window = { step: 'windowOfSlices', before: SLICES / 2, after: SLICES / 2, threshold: 'auto' } as const;
  const input = casePipeline({
    inputs: [['FLAIR']],
    steps: [{ step: 'toAxial' }, window, { step: 'minMax' }, { step: 'resizeSlices', rows: SIZE, columns: SIZE }],
    layout: { as: 'slices-as-channels' },
  });
  return { id, label, pixels: prepareInput(input, { volumes: { FLAIR: render('FLAIR') } }).arrays[0]!.data };
}

function unlabeledSlices(config: PhantomConfig): UnlabeledImages {
  const input = casePipeline({
    inputs: [['FLAIR']],
    steps: [{ step: 'toAxial' }, { step: 'minMax' }, { step: 'resizeSlices', rows: SIZE, columns: SIZE }],
    layout: { as: 'slices', keep: { by: 'brain', share: 0.7 } },
  });
  const slices = Array.from({ length: config.cases }, (_, i) => phantomCase(config, i)).flatMap(({ id, render }) =>
    prepareInput(input, { volumes: { FLAIR: render('FLAIR') } }).samples.map(({ arrays, from }) => ({
      id: `${id}/${from.slice}`,
      pixels: arrays[0]!.data,
    })),
  );
  return { ids: slices.map(({ id }) => id), shape: [SIZE, SIZE, 1], load: async (i) => slices[i]!.pixels };
}

/** Brings each feature to mean 0 and deviation 1 over the training rows; all rows are changed in place. */
function standardize(rows: readonly Float64Array[], training: readonly Float64Array[]): void {
  for (let f = 0; f < rows[0]!.length; f++) {
    const { mean, deviation } = summarize(training.map((row) => row[f]!));
    for (const row of rows) row[f] = (row[f]! - mean) / (deviation || 1);
  }
}

/** Mean AUCs, and the paired difference over cohorts with its 95 % t-interval. */
function summaryOf(comparisons: readonly Comparison[]): object {
  const { count, mean, deviation } = summarize(comparisons.map(({ random, pretrained }) => pretrained - random));
  const half = (studentQuantile(count - 1) * deviation) / Math.sqrt(count);
  return {
    meanRandom: summarize(comparisons.map(({ random }) => random)).mean,
    meanPretrained: summarize(comparisons.map(({ pretrained }) => pretrained)).mean,
    difference: { mean, low: mean - half, high: mean + half, deviation, count },
  };
}

/** 97.5 % of Student's t lie below it: Abramowitz & Stegun 26.7.5, to 0.001 from 10 degrees of freedom on. */
function studentQuantile(degrees: number): number {
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}
