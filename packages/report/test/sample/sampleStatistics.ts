import { rng, type Rng } from '@mgmt/core';
import type {
  DecisionLine,
  EmbeddingPanel,
  FeatureMapLayer,
  LeakageRow,
  LossRun,
  PermutationNull,
  PowerCurves,
  PrecisionRecallLine,
  PValues,
  ReliabilityPanel,
  RocBand,
  SeedSpread,
} from '../../src/index.js';
import { bars } from './distributions.js';
import { sampleStudy } from './sampleStudy.js';

const range = <T>(n: number, at: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => at(i));
const half = 0.12; // of an invented interval
const around = (value: number, by = half) => ({ value, low: Math.max(0, value - by), high: Math.min(1, value + by) });

/** Invented records of everything that is measured beside the AUC: nothing was learned, but where the signal is turned up. */
export function sampleStatistics(seeds = 3) {
  const root = rng('report statistics');
  const { panels, rocs } = sampleStudy(Math.max(3, seeds));
  const scored = panels.slice(0, seeds).map(({ name, groups }) => ({
    name,
    negatives: [...(groups[0]!.scores as number[])],
    positives: [...(groups[1]!.scores as number[])],
  }));

  const reliability = scored.map(({ name, negatives, positives }): ReliabilityPanel => ({
    name,
    note: 'error 0.11, by chance 0.09',
    bins: tenths(negatives, positives),
    histogram: bars([...negatives, ...positives]),
  }));
  const decisions = scored.map(({ name, negatives, positives }) => netBenefit(name, negatives, positives));
  const precisionRecalls = scored.map(({ name, negatives, positives }) => stepsOf(name, negatives, positives));
  const band: RocBand = {
    falsePositiveRate: rocs.mean!.falsePositiveRate,
    low: Array.from(rocs.mean!.truePositiveRate, (y, i) => Math.max(0, y - 0.09 * Math.sin((Math.PI * i) / 40))),
    high: Array.from(rocs.mean!.truePositiveRate, (y, i) => Math.min(1, y + 0.09 * Math.sin((Math.PI * i) / 40))),
  };
  const all = scored.map(({ negatives, positives }) => [...negatives, ...positives]);
  const spread: SeedSpread = {
    names: scored.map(({ name }) => name),
    means: all.map(mean),
    deviations: all.map(deviation),
    deviationOfMeans: deviation(all.map(mean)),
    p: 1e-9,
    prior: 61 / 117,
  };
  const deals = range(4000, (i) => 0.5 + 0.054 * root.child('deal').child(i).normal(0, 1));
  const low = Math.min(...deals);
  const high = Math.max(...deals);
  const permutation: PermutationNull = { histogram: histogramOf(deals, low, high), statistic: 0.561, p: 0.258, arrangements: 9999 };
  const pValues: PValues[] = [
    { name: 'permutation test', values: range(400, (i) => root.child('p').child(i).uniform(0, 1)) },
    { name: 'a test too eager', values: range(400, (i) => root.child('q').child(i).uniform(0, 1) ** 1.5) },
  ];
  const power: PowerCurves = {
    measure: 'auc',
    pipelines: [
      { name: 'ResNet10, 3-D', smallest: 0.25, points: dial(0.5, 2.5) },
      { name: 'SimCLR, 20 slices', smallest: 0.5, points: dial(0.48, 1.7) },
      { name: 'ViT, 3-D', smallest: 0.75, points: dial(0.51, 1.1) },
    ],
  };
  const found: PowerCurves = {
    ...power,
    measure: 'found',
    pipelines: power.pipelines.map(({ points, ...line }) => ({
      ...line,
      points: points.map(({ signal, value }) => ({ signal, ...around(Math.min(1, 0.05 + 2 * Math.max(0, value - 0.5)), 0.06) })),
    })),
  };
  const leakage: LeakageRow[] = [
    { name: 'ResNet34', bySlice: around(0.97, 0.015), byPatient: around(0.54) },
    { name: 'DenseNet121', bySlice: around(0.93, 0.02), byPatient: around(0.58) },
    { name: 'Custom ResNet, ROI', bySlice: around(0.71, 0.05), byPatient: around(0.53) },
    { name: '3D-EfficientNet', bySlice: around(0.62, 0.06), byPatient: around(0.6) },
  ];
  const pretraining: LossRun[] = [
    { name: 'pretraining', training: range(100, (i) => 1.1 + 4.9 * Math.exp(-i / 16) + root.child('nt').child(i).normal(0, 0.04)) },
  ];
  return { reliability, decisions, precisionRecalls, band, spread, permutation, pValues, power, found, leakage, pretraining };
}

/** 128 cases by layer, as entangled in the last as in the first; and digits, which part. */
export function sampleEmbeddings(layers = 7, cases = 128) {
  const draw = rng('report embeddings');
  const cloud = (stream: Rng, classes: number, apart: number) => {
    const labels = range(cases, (i) => i % classes);
    const points = labels.map((label) => {
      const turn = (2 * Math.PI * label) / classes;
      return [40 * apart * Math.cos(turn) + stream.normal(0, 10), 40 * apart * Math.sin(turn) + stream.normal(0, 10)] as const;
    });
    return { labels, points };
  };
  const names = ['conv1', 'pool1', 'layer1', 'layer2', 'layer3', 'layer4', 'pool2'];
  const entangled = range(layers, (i): EmbeddingPanel => ({
    name: names[i % names.length]!,
    ...cloud(draw.child('cases').child(i), 2, 0),
    separability: { accuracy: 0.48 + 0.01 * i, byChance: 0.49, pValue: 0.61 - 0.07 * i },
    marked: range(11, (k) => cases - 1 - k).filter((k) => k >= 0),
  }));
  const digits = range(layers, (i): EmbeddingPanel => ({
    name: names[i % names.length]!,
    ...cloud(draw.child('digits').child(i), 10, (i + 1) / layers),
    separability: { accuracy: 0.3 + (0.69 * (i + 1)) / layers, byChance: 0.09, pValue: 0.001 },
  }));
  return { entangled, digits };
}

/** What layers of a network might give for one head: edges first, then blobs. */
export function sampleFeatureMaps(side = 64): FeatureMapLayer[] {
  const layer = (name: string, depth: number, side: number, channels: number): FeatureMapLayer => {
    const shape = [1, depth, side, side, channels];
    const data = new Float32Array(depth * side * side * channels);
    for (let at = 0; at < data.length; at++) {
      const channel = at % channels;
      const x = (2 * (Math.floor(at / channels) % side)) / (side - 1) - 1;
      const y = (2 * (Math.floor(at / channels / side) % side)) / (side - 1) - 1;
      const inside = (x / 0.75) ** 2 + (y / 0.9) ** 2 < 1 ? 1 : 0;
      data[at] = inside * Math.max(0, Math.sin((channel + 2) * (x * Math.cos(channel) + y * Math.sin(channel)) + channel) + 0.3);
    }
    return { layer: name, data, shape };
  };
  return [
    layer('conv1', 3, side, 64),
    layer('layer1', 3, side / 2, 64),
    layer('layer2', 3, side / 4, 128),
    layer('layer3', 3, side / 8, 256),
    layer('layer4', 1, 4, 4),
  ];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

const dial = (start: number, slope: number) =>
  [0, 0.125, 0.25, 0.5, 0.75, 1].map((signal) => ({
    signal,
    ...around(start + (0.995 - start) * Math.min(1, 1 - Math.exp(-slope * signal)), 0.07),
  }));

function tenths(negatives: readonly number[], positives: readonly number[]): ReliabilityPanel['bins'] {
  return range(10, (i) => {
    const [low, high] = [i / 10, (i + 1) / 10];
    const inside = (score: number) => score > low && score <= high;
    const [ones, zeros] = [positives.filter(inside), negatives.filter(inside)];
    const count = ones.length + zeros.length;
    const share = ones.length / count;
    const { low: least, high: most } = around(share, 0.9 / Math.sqrt(count));
    return { low, high, count, meanProbability: mean([...ones, ...zeros]), share, bar: { low: least, high: most } };
  }).filter(({ count }) => count > 0);
}

function netBenefit(name: string, negatives: readonly number[], positives: readonly number[]): DecisionLine {
  const thresholds = range(99, (i) => (i + 1) / 100);
  const n = negatives.length + positives.length;
  const benefit = (ones: number, zeros: number, threshold: number) => (ones - (zeros * threshold) / (1 - threshold)) / n;
  const above = (scores: readonly number[], at: number) => scores.filter((score) => score >= at).length;
  return {
    name,
    thresholds,
    model: thresholds.map((at) => benefit(above(positives, at), above(negatives, at), at)),
    all: thresholds.map((at) => benefit(positives.length, negatives.length, at)),
  };
}

function stepsOf(name: string, negatives: readonly number[], positives: readonly number[]): PrecisionRecallLine {
  const thresholds = [...new Set([...negatives, ...positives])].sort((a, b) => b - a);
  const above = (scores: readonly number[], at: number) => scores.filter((score) => score >= at).length;
  const points = thresholds.map((at) => [above(positives, at), above(negatives, at)] as const);
  return {
    name,
    precisions: [1, ...points.map(([ones, zeros]) => ones / (ones + zeros))],
    recalls: [0, ...points.map(([ones]) => ones / positives.length)],
    averagePrecision: 0.55,
  };
}

function histogramOf(values: readonly number[], low: number, high: number): PermutationNull['histogram'] {
  const scaled = bars(
    values.map((value) => (value - low) / (high - low)),
    30,
  );
  return { edges: Array.from(scaled.edges, (edge) => low + edge * (high - low)), density: scaled.density };
}
