import {
  contrastiveGuessing,
  decisionCurves,
  embeddingMap,
  featureMapGrid,
  leakageDumbbell,
  lossCurves,
  permutationNull,
  powerCurves,
  precisionRecall,
  pValuePlot,
  reliabilityDiagram,
  rocCurves,
  seedSpread,
  type Section,
} from '../../src/index.js';
import { sampleEmbeddings, sampleFeatureMaps, sampleStatistics } from './sampleStatistics.js';
import { sampleStudy } from './sampleStudy.js';

/** A section of the sample page with the figures of what is measured beside the AUC. */
export function statisticsSection(): Section {
  const sample = sampleStatistics();
  const { entangled, digits } = sampleEmbeddings();
  const { rocs } = sampleStudy();
  const side = { width: 380 };
  return {
    id: 'beside-the-auc',
    heading: 'Beside the AUC',
    blocks: [
      {
        kind: 'figures',
        figures: [
          rocCurves({ ...rocs, mean: { ...rocs.mean!, band: sample.band } }, { ...side, id: 'roc-band' }),
          precisionRecall({ curves: sample.precisionRecalls, prevalence: 61 / 117 }, side),
        ],
      },
      { kind: 'figure', figure: reliabilityDiagram(sample.reliability) },
      { kind: 'figure', figure: decisionCurves(sample.decisions) },
      { kind: 'figure', figure: seedSpread(sampleStatistics(10).spread) },
      { kind: 'figures', figures: [permutationNull(sample.permutation, side), pValuePlot(sample.pValues, side)] },
      { kind: 'figure', figure: powerCurves(sample.power) },
      { kind: 'figure', figure: powerCurves(sample.found, { id: 'power-found' }) },
      { kind: 'figure', figure: leakageDumbbell(sample.leakage) },
      {
        kind: 'figure',
        figure: lossCurves(sample.pretraining, {
          id: 'pretraining-loss',
          title: 'Loss of SimCLR’s pretraining',
          guessing: contrastiveGuessing(256),
        }),
      },
      { kind: 'figure', figure: embeddingMap(entangled) },
      { kind: 'figure', figure: embeddingMap(digits, { id: 'digits', title: 'Digits, the control, as each layer sees them' }) },
      {
        kind: 'figures',
        figures: [
          embeddingMap(entangled.slice(0, 1), { id: 'one-layer', width: 380 }),
          reliabilityDiagram(sample.reliability.slice(0, 1), { id: 'one-model', width: 380 }),
        ],
      },
      { kind: 'figure', figure: featureMapGrid(sampleFeatureMaps()) },
    ],
  };
}
