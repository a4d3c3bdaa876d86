import {
  architectureDiagram,
  empiricalDistribution,
  intermediateValues,
  optimizationHistory,
  parallelCoordinates,
  parameterContours,
  parameterImportances,
  parameterSlices,
  trialTimeline,
  type Section,
} from '../../src/index.js';
import { sampleGraph, sampleSearch } from './sampleTuning.js';

/** A section of the sample page with the figures of a search and of a network. */
export function tuningSection(): Section {
  const study = sampleSearch();
  const importances = [
    { name: 'learning rate', importance: 0.83 },
    { name: 'depth', importance: 0.11 },
    { name: 'patch', importance: 0.06 },
  ];
  const figures = [
    optimizationHistory(study),
    parameterSlices(study),
    parameterContours(study),
    parameterContours(study, { id: 'parameter-contours-all', parameters: ['learning rate', 'depth', 'patch'] }),
    parallelCoordinates(study),
    parameterImportances(importances),
    intermediateValues(study),
    empiricalDistribution([study, sampleSearch(40, 'random')]),
    trialTimeline(study),
    architectureDiagram(sampleGraph()),
  ];
  return { id: 'search', heading: 'The search, and the network', blocks: figures.map((figure) => ({ kind: 'figure' as const, figure })) };
}
