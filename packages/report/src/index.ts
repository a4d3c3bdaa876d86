export { type Figure, type FigureOptions } from './figure.js';
export { type Cell, type Column, type DataTable } from './dataTable.js';
export { tableToCsv, csvDataUri } from './csv.js';
export { inks, darkInkRules, figureStyle } from './inks.js';
export { type DensityCurve, type HistogramBars, type PredictionGroup, type PredictionPanel } from './figures/predictions.js';
export { predictionHistogram, type PredictionHistogramOptions } from './figures/predictionHistogram.js';
export { contrastiveGuessing, lossCurves, type GuessingLoss, type LossCurvesOptions, type LossRun } from './figures/lossCurves.js';
export { classOverlap, type ClassOverlapOptions } from './figures/classOverlap.js';
export { aucForest, type AucForest, type Estimate, type ForestRow } from './figures/aucForest.js';
export { rocCurves, type RocBand, type RocCurves, type RocLine } from './figures/rocCurves.js';
export { precisionRecall, type PrecisionRecall, type PrecisionRecallLine } from './figures/precisionRecall.js';
export {
  reliabilityDiagram,
  type ReliabilityDiagramOptions,
  type ReliabilityPanel,
  type ReliabilityPoint,
} from './figures/reliabilityDiagram.js';
export { decisionCurves, type DecisionLine } from './figures/decisionCurves.js';
export { seedSpread, type SeedSpread } from './figures/seedSpread.js';
export { permutationNull, type PermutationNull } from './figures/permutationNull.js';
export { pValuePlot, type PValues } from './figures/pValuePlot.js';
export { powerCurves, type PowerCurves, type PowerLine, type PowerPoint } from './figures/powerCurves.js';
export { leakageDumbbell, type LeakageRow } from './figures/leakageDumbbell.js';
export { embeddingMap, type EmbeddingMapOptions, type EmbeddingPanel } from './figures/embeddingMap.js';
export { featureMapGrid, type FeatureMapGridOptions, type FeatureMapLayer } from './figures/featureMapGrid.js';
export { type TunedDistribution, type TunedStudy, type TunedTrial, type TunedValue } from './figures/tuning/tunedStudy.js';
export { optimizationHistory } from './figures/tuning/optimizationHistory.js';
export { parameterSlices } from './figures/tuning/parameterSlices.js';
export { parameterContours, type ParameterContoursOptions } from './figures/tuning/parameterContours.js';
export { parallelCoordinates } from './figures/tuning/parallelCoordinates.js';
export { parameterImportances, type ParameterImportance } from './figures/tuning/parameterImportances.js';
export { intermediateValues } from './figures/tuning/intermediateValues.js';
export { empiricalDistribution } from './figures/tuning/empiricalDistribution.js';
export { trialTimeline } from './figures/tuning/trialTimeline.js';
export { architectureDiagram, type ArchitectureGraph, type ArchitecturePart } from './figures/architectureDiagram.js';
export { sliceMontage, type MontageSeries, type SliceMontageOptions } from './figures/sliceMontage.js';
export { figureToPng, type FigureToPngOptions } from './image/figureToPng.js';
export { encodeGrayPng } from './image/encodeGrayPng.js';
export { overlayMap, type OverlayMapOptions } from './image/overlayMap.js';
export {
  type Answer,
  type Block,
  type ComparisonRow,
  type ComparisonTable,
  type KeyNumber,
  type Page,
  type Prose,
  type Provenance,
  type Section,
  type TableBlock,
  type Verdict,
  intervalText,
} from './page/page.js';
export { pageFigures, pageTables, type NamedTable } from './page/pageTables.js';
export { renderPage } from './page/renderPage.js';
export { renderMarkdownSummary } from './page/renderMarkdownSummary.js';
