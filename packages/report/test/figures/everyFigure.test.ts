import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import {
  architectureDiagram,
  aucForest,
  classOverlap,
  contrastiveGuessing,
  decisionCurves,
  embeddingMap,
  empiricalDistribution,
  featureMapGrid,
  intermediateValues,
  leakageDumbbell,
  lossCurves,
  optimizationHistory,
  parallelCoordinates,
  parameterContours,
  parameterImportances,
  parameterSlices,
  permutationNull,
  powerCurves,
  precisionRecall,
  predictionHistogram,
  pValuePlot,
  reliabilityDiagram,
  rocCurves,
  seedSpread,
  sliceMontage,
  trialTimeline,
  type Figure,
  type FigureOptions,
  type TunedStudy,
} from '../../src/index.js';
import { sampleEmbeddings, sampleFeatureMaps, sampleStatistics } from '../sample/sampleStatistics.js';
import { sampleHead, sampleStudy } from '../sample/sampleStudy.js';
import { sampleGraph, sampleSearch } from '../sample/sampleTuning.js';
import { expectWellFormed } from '../wellFormed.js';
import { hostileText } from './hostile.js';

const study = sampleStudy(3);
const head = sampleHead('T1wCE', 16, 6);
const statistics = sampleStatistics(2);
const featureMaps = sampleFeatureMaps(16).slice(0, 2);
const { entangled, digits } = sampleEmbeddings(2, 20);

/** A new figure is tested by being listed: drawn from the sample, its models or series renamed. */
const FIGURES: Record<string, (name: (given: string) => string, options?: FigureOptions) => Figure> = {
  predictionHistogram: (name, options) =>
    predictionHistogram(
      study.panels.map((panel) => ({ ...panel, name: name(panel.name), note: name('AUC') })),
      options,
    ),
  'predictionHistogram without labels': (name, options) =>
    predictionHistogram(
      study.unlabeled.map((panel) => ({ ...panel, name: name(panel.name) })),
      options,
    ),
  lossCurves: (name, options) =>
    lossCurves(
      study.runs.map((run) => ({ ...run, name: name(run.name) })),
      options,
    ),
  classOverlap: (name, options) =>
    classOverlap(
      study.panels.map((panel) => ({ ...panel, name: name(panel.name), note: name('AUC') })),
      options,
    ),
  aucForest: (name, options) =>
    aucForest({ ...study.forest, rows: study.forest.rows.map((row) => ({ ...row, name: name(row.name) })) }, options),
  rocCurves: (name, options) =>
    rocCurves({ ...study.rocs, curves: study.rocs.curves.map((curve) => ({ ...curve, name: name(curve.name) })) }, options),
  'lossCurves of pretraining': (name, options) =>
    lossCurves(
      statistics.pretraining.map((run) => ({ ...run, name: name(run.name) })),
      { guessing: { ...contrastiveGuessing(256), label: name('ln 511'), of: name('a model'), name: name('NT-Xent') }, ...options },
    ),
  'rocCurves with a band': (name, options) =>
    rocCurves({ curves: study.rocs.curves.map((curve) => ({ ...curve, name: name(curve.name), band: statistics.band })) }, options),
  precisionRecall: (name, options) => precisionRecall({ curves: renamed(statistics.precisionRecalls, name), prevalence: 0.52 }, options),
  reliabilityDiagram: (name, options) =>
    reliabilityDiagram(
      renamed(statistics.reliability, name).map((panel) => ({ ...panel, note: name('error') })),
      options,
    ),
  decisionCurves: (name, options) => decisionCurves(renamed(statistics.decisions, name), options),
  seedSpread: (name, options) => seedSpread({ ...statistics.spread, names: statistics.spread.names.map(name) }, options),
  permutationNull: (_name, options) => permutationNull(statistics.permutation, options),
  pValuePlot: (name, options) => pValuePlot(renamed(statistics.pValues, name), options),
  powerCurves: (name, options) => powerCurves({ ...statistics.power, pipelines: renamed(statistics.power.pipelines, name) }, options),
  leakageDumbbell: (name, options) => leakageDumbbell(renamed(statistics.leakage, name), options),
  embeddingMap: (name, options) =>
    embeddingMap(renamed(entangled, name), { classNames: [name('unmethylated'), name('methylated')], markedAs: name('seen'), ...options }),
  'embeddingMap of digits': (name, options) => embeddingMap(renamed(digits, name), options),
  featureMapGrid: (name, options) =>
    featureMapGrid(
      featureMaps.map((layer) => ({ ...layer, layer: name(layer.layer) })),
      { channels: 2, ...options },
    ),
  optimizationHistory: (name, options) => optimizationHistory(renamedSearch(name), options),
  parameterSlices: (name, options) => parameterSlices(renamedSearch(name), options),
  // names must differ: of two parameters with one name, one would be left
  parameterContours: (name, options) =>
    parameterContours(
      renamedSearch((given) => `${name(given)} of ${given}`),
      options,
    ),
  'parameterContours of three': (name, options) => {
    const search = renamedSearch((given) => `${name(given)} of ${given}`);
    return parameterContours(search, { parameters: Object.keys(search.parameters), ...options });
  },
  parallelCoordinates: (name, options) => parallelCoordinates(renamedSearch(name), options),
  parameterImportances: (name, options) => parameterImportances([{ name: name('depth'), importance: 0.5 }], options),
  intermediateValues: (name, options) => intermediateValues(renamedSearch(name), options),
  empiricalDistribution: (name, options) => empiricalDistribution([renamedSearch(name)], options),
  trialTimeline: (name, options) => trialTimeline(renamedSearch(name), options),
  architectureDiagram: (name, options) => {
    const { nodes, edges } = sampleGraph();
    return architectureDiagram(
      { nodes: nodes.map((node) => ({ ...node, label: name(node.label), lines: node.lines.map(name) })), edges },
      options,
    );
  },
  sliceMontage: (name, options) =>
    sliceMontage(
      [
        { ...head, name: name('T1wCE') },
        { ...head, name: name('FLAIR') },
      ],
      options,
    ),
};

function renamedSearch(name: (given: string) => string): TunedStudy {
  const study = sampleSearch(12);
  const parameters = Object.fromEntries(Object.entries(study.parameters).map(([key, distribution]) => [name(key), distribution]));
  const trials = study.trials.map((trial) => ({
    ...trial,
    params: Object.fromEntries(Object.entries(trial.params).map(([key, value]) => [name(key), value])),
  }));
  return { ...study, name: name(study.name), parameters, trials };
}

function renamed<T extends { readonly name: string }>(rows: readonly T[], name: (given: string) => string): T[] {
  return rows.map((row) => ({ ...row, name: name(row.name) }));
}

describe.each(Object.entries(FIGURES))('%s', (_kind, draw) => {
  const figure = draw((name) => name);

  it('is well-formed XML', () => expectWellFormed(figure.svg));

  it('is named and described for assistive technology', () => {
    const svg = parseHTML(figure.svg).document.querySelector('svg')!;
    expect(svg.getAttribute('role')).toBe('img');
    const [title, desc] = svg.getAttribute('aria-labelledby')!.split(' ');
    expect(svg.querySelector(`title[id="${title}"]`)!.textContent).toBe(figure.title);
    expect(svg.querySelector(`desc[id="${desc}"]`)!.textContent).toBe(figure.alt);
    expect(figure.caption).not.toBe('');
  });

  it('is the same text whenever it is drawn', () => {
    FIGURES.lossCurves!((name) => `${name} between`);
    expect(draw((name) => name)).toEqual(figure);
  });

  it('refers to nothing outside itself, and holds no inline style, script or handler', () => {
    const body = figure.svg.replace('xmlns="http://www.w3.org/2000/svg"', '');
    expect(body).not.toMatch(/https?:|url\(|@import|<script|\sstyle=|\son\w+=/i);
  });

  it('shows hostile names as text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, title) => {
        const { svg } = draw(() => name, { title });
        expectWellFormed(svg);
        const { document } = parseHTML(svg);
        expect(document.querySelectorAll('script, img, b, foreignObject')).toHaveLength(0);
        expect(
          [...document.querySelectorAll('*')].flatMap((element) =>
            element.getAttributeNames().filter((attribute) => /^on/i.test(attribute)),
          ),
        ).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('has a table whose rows fit its columns', () => {
    expect(figure.table.rows.length).toBeGreaterThan(0);
    expect(new Set(figure.table.rows.map((row) => row.length))).toEqual(new Set([figure.table.columns.length]));
  });

  it('takes the words and the id it is given, and refuses an id that is no plain word', () => {
    const named = draw((name) => name, { id: 'mine', title: 'Mine', caption: 'Look.' });
    expect(named).toMatchObject({ id: 'mine', title: 'Mine', caption: 'Look.' });
    expect(named.svg).toContain('<title id="mine-title">Mine</title>');
    expect(() => draw((name) => name, { id: 'a" onload="x' })).toThrow(/report\/bad-id/);
  });
});

it.each([
  ['predictionHistogram', () => predictionHistogram([])],
  ['lossCurves', () => lossCurves([])],
  ['classOverlap', () => classOverlap([])],
  ['aucForest', () => aucForest({ rows: [] })],
  ['rocCurves', () => rocCurves({ curves: [] })],
  ['sliceMontage', () => sliceMontage([])],
  ['precisionRecall', () => precisionRecall({ curves: [], prevalence: 0.5 })],
  ['reliabilityDiagram', () => reliabilityDiagram([])],
  ['decisionCurves', () => decisionCurves([])],
  ['seedSpread', () => seedSpread({ names: [], means: [], deviations: [], prior: 0.5 })],
  ['permutationNull', () => permutationNull({ histogram: { edges: [], density: [] }, statistic: 0.5, p: 1, arrangements: 0 })],
  ['pValuePlot', () => pValuePlot([{ name: 'test', values: [] }])],
  ['powerCurves', () => powerCurves({ measure: 'auc', pipelines: [] })],
  ['leakageDumbbell', () => leakageDumbbell([])],
  ['embeddingMap', () => embeddingMap([])],
  ['featureMapGrid', () => featureMapGrid([])],
  ['optimizationHistory', () => optimizationHistory({ ...sampleSearch(4), trials: [] })],
  ['parameterSlices', () => parameterSlices({ ...sampleSearch(4), trials: [] })],
  ['parameterContours', () => parameterContours({ ...sampleSearch(4), trials: [] })],
  ['parallelCoordinates', () => parallelCoordinates({ ...sampleSearch(4), trials: [] })],
  ['parameterImportances', () => parameterImportances([])],
  ['intermediateValues', () => intermediateValues({ ...sampleSearch(4), trials: [] })],
  ['empiricalDistribution', () => empiricalDistribution([])],
  ['trialTimeline', () => trialTimeline({ ...sampleSearch(4), trials: [] })],
  ['architectureDiagram', () => architectureDiagram({ nodes: [], edges: [] })],
])('%s of nothing says what it needs', (_kind, draw) => {
  expect(draw).toThrow(/report\/no-data/);
});
