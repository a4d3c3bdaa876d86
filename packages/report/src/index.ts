export { type Figure, type FigureOptions } from './figure.js';
export { type Cell, type Column, type DataTable } from './dataTable.js';
export { tableToCsv, csvDataUri } from './csv.js';
export { inks, darkInkRules, figureStyle } from './inks.js';
export { type DensityCurve, type HistogramBars, type PredictionGroup, type PredictionPanel } from './figures/predictions.js';
export { predictionHistogram, type PredictionHistogramOptions } from './figures/predictionHistogram.js';
export { lossCurves, type LossRun } from './figures/lossCurves.js';
export { classOverlap, type ClassOverlapOptions } from './figures/classOverlap.js';
export { aucForest, type AucForest, type Estimate, type ForestRow } from './figures/aucForest.js';
export { rocCurves, type RocCurves, type RocLine } from './figures/rocCurves.js';
export { sliceMontage, type MontageSeries, type SliceMontageOptions } from './figures/sliceMontage.js';
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
export { renderPage } from './page/renderPage.js';
export { renderMarkdownSummary } from './page/renderMarkdownSummary.js';
