export { readSeries, readAllSeries, type ReadSeriesConfig, type SeriesVolume } from './readSeries.js';
export { scanSeries, type SeriesIndex, type SeriesScan } from './scanSeries.js';
export { writeSeries, type WriteSeriesConfig } from './write/writeSeries.js';
export { parseInstance, type HeaderConfig } from './parseInstance.js';
export {
  type Instance,
  type ImagePlane,
  type PixelFormat,
  type Repetition,
  type SeriesHeader,
  type IdentifyingElements,
} from './instance.js';
export { type Skipped } from './skipped.js';
export { deriveUid } from './write/deriveUid.js';
