import { rng } from '@mgmt/core';
import type { AucForest, LossRun, MontageSeries, PredictionGroup, PredictionPanel, RocCurves } from '../../src/index.js';
import { bars, roc, smooth } from './distributions.js';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** The paper's Table 3: of ten models five are printed. */
const PRINTED = [0.57, 0.59, 0.54, 0.58, 0.57];

/** Ten seeds that learned nothing, 56 and 61 cases, and 87 without label: the records a study's page is made from. */
export function sampleStudy(seeds = 10) {
  const root = rng('report sample');
  const scored = Array.from({ length: seeds }, (_, i) => {
    const draw = root.child(i);
    const [center, spread] = [draw.normal(0.1, 0.45), draw.uniform(0.25, 0.7)];
    const some = (n: number, shift: number) => Array.from({ length: n }, () => logistic(center + shift + draw.normal(0, spread)));
    return { name: `seed ${i + 1}`, negatives: some(56, 0), positives: some(61, 0.04), unlabeled: some(87, 0) };
  });
  const group = (label: PredictionGroup['label'], scores: readonly number[]): PredictionGroup => ({
    label,
    scores,
    histogram: bars(scores),
    kde: smooth(scores),
  });
  const curves = scored.map(({ name, negatives, positives }) => roc(name, negatives, positives));
  const note = (i: number) => `AUC ${curves[i]!.auc.toFixed(2)}`;
  const panels: PredictionPanel[] = scored.map(({ name, negatives, positives }, i) => ({
    name,
    note: note(i),
    groups: [group(0, negatives), group(1, positives)],
  }));
  const unlabeled: PredictionPanel[] = scored.map(({ name, unlabeled }) => ({ name, groups: [group(null, unlabeled)] }));
  const meanAuc = curves.reduce((sum, { auc }) => sum + auc, 0) / seeds;
  const forest: AucForest = {
    rows: curves.map(({ name, auc }, i) => ({ name, ours: { value: auc, low: auc - 0.105, high: auc + 0.105 }, paper: PRINTED[i] })),
    mean: { name: 'mean of 10 seeds', ours: { value: meanAuc, low: meanAuc - 0.041, high: meanAuc + 0.043 }, paper: 0.57 },
  };
  const grid = Array.from({ length: 41 }, (_, i) => i / 40);
  const sensitivityAt = ({ falsePositiveRate, truePositiveRate }: (typeof curves)[number], x: number) =>
    Math.max(...Array.from(truePositiveRate).filter((_, i) => falsePositiveRate[i]! <= x));
  const meanCurve = grid.map((x) => curves.reduce((sum, curve) => sum + sensitivityAt(curve, x), 0) / seeds);
  const rocs: RocCurves = { curves, mean: { name: 'mean', falsePositiveRate: grid, truePositiveRate: meanCurve, auc: meanAuc } };
  const runs: LossRun[] = scored.map(({ name }, i) => {
    const draw = root.child('loss').child(i);
    const start = draw.uniform(0.72, 0.86);
    const training = Array.from({ length: 15 }, (_, epoch) => 0.691 + (start - 0.691) * Math.exp(-epoch / 2.2) + draw.normal(0, 0.004));
    return { name, training, validation: training.map((loss) => loss + 0.006 + Math.abs(draw.normal(0, 0.012))) };
  });
  return { panels, unlabeled, forest, rocs, runs, meanAuc };
}

/** An ellipsoid with ventricles, a bright lesion in the patient's left front, noise: `[slice, row, column]`, axial. */
export function sampleHead(name = 'T1wCE', size = 96, slices = 48): MontageSeries {
  const draw = rng(name).child('head');
  const data = new Float32Array(slices * size * size);
  for (let s = 0, i = 0; s < slices; s++) {
    for (let r = 0; r < size; r++) {
      for (let c = 0; c < size; c++, i++) {
        const [z, y, x] = [(2 * s) / (slices - 1) - 1, (2 * r) / (size - 1) - 1, (2 * c) / (size - 1) - 1];
        const head = (x / 0.72) ** 2 + (y / 0.88) ** 2 + (z / 1.02) ** 2;
        const ventricle = ((Math.abs(x) - 0.12) / 0.08) ** 2 + ((y - 0.05) / 0.3) ** 2 + (z / 0.35) ** 2;
        const lesion = ((x - 0.32) / 0.2) ** 2 + ((y + 0.35) / 0.2) ** 2 + ((z - 0.1) / 0.35) ** 2;
        if (head > 1) continue;
        const folds = 0.06 * Math.sin(18 * x + 6 * z) * Math.sin(16 * y);
        const tissue = lesion < 0.5 ? 0.3 : lesion < 1 ? 0.95 : ventricle < 1 ? 0.12 : head > 0.8 ? 0.62 : 0.48;
        data[i] = tissue + folds + draw.normal(0, 0.03);
      }
    }
  }
  return { name, data, shape: [slices, size, size] };
}
