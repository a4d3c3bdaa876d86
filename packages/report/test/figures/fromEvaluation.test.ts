import { rng } from '@mgmt/core';
import {
  aucPermutationTest,
  decisionCurve,
  histogram,
  nearestNeighborSeparability,
  precisionRecallCurve,
  reliabilityCurve,
  rocAuc,
  rocBand,
  seedShift,
} from '@mgmt/evaluation';
import {
  decisionCurves,
  embeddingMap,
  permutationNull,
  precisionRecall,
  reliabilityDiagram,
  rocCurves,
  seedSpread,
} from '../../src/index.js';

const draw = rng('from evaluation');
const labels = Array.from({ length: 40 }, (_, i) => (i % 2) as 0 | 1);
const scoresBySeed = [0, 1].map((seed) => labels.map((_, i) => draw.child(seed).child(i).uniform(0, 1)));
const scores = scoresBySeed[0]!;

/** Held together here, since neither package imports the other: the type check fails where a shape drifts. */
describe('what evaluation returns can be drawn as it is', () => {
  it.each([
    ['reliabilityCurve', () => reliabilityDiagram([{ name: 'm', bins: reliabilityCurve(labels, scores), histogram: histogram(scores) }])],
    ['decisionCurve', () => decisionCurves([{ name: 'm', ...decisionCurve(labels, scores) }])],
    ['precisionRecallCurve', () => precisionRecall({ curves: [{ name: 'm', ...precisionRecallCurve(labels, scores) }], prevalence: 0.5 })],
    ['seedShift', () => seedSpread({ names: ['1', '2'], prior: 0.5, ...seedShift(scoresBySeed) })],
    [
      'rocBand',
      () => {
        const band = rocBand(labels, scores, { rng: draw, resamples: 50 });
        return rocCurves({ curves: [{ name: 'm', ...band, auc: rocAuc(labels, scores), band }] });
      },
    ],
    [
      'aucPermutationTest',
      () => {
        const test = aucPermutationTest(labels, scores, { rng: draw, permutations: 50, keepNull: true });
        return permutationNull({ histogram: histogram(test.nullDistribution), ...test });
      },
    ],
    [
      'nearestNeighborSeparability',
      () => {
        const points = scores.map((score, i) => [score, scoresBySeed[1]![i]!] as const);
        return embeddingMap([{ name: 'm', points, labels, separability: nearestNeighborSeparability(points, labels, { rng: draw }) }]);
      },
    ],
  ])('%s', (_name, figure) => {
    const { svg, alt, table } = figure();
    expect(svg + alt).not.toMatch(/NaN|undefined|Infinity/);
    expect(table.rows.length).toBeGreaterThan(1);
  });
});
