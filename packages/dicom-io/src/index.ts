export { readSeries, readAllSeries, type ReadSeriesConfig, type SeriesVolume } from './readSeries.js';
export { scanSeries, type SeriesIndex, type SeriesScan } from './scanSeries.js';
export { readImage, decodeImage, rescaleImage, type DicomImage } from './readImage.js';
export { readDataSet, parseDataSet, type ReadDataSetConfig } from './readDataSet.js';
export { readDicomdir, type Dicomdir, type DicomdirPatient, type DicomdirStudy, type DicomdirSeries } from './readDicomdir.js';
export { DataSet } from './dataSet/dataSet.js';
export { writeSeries, type WriteSeriesConfig } from './write/writeSeries.js';
export { parseInstance } from './parseInstance.js';
export {
  type Instance,
  type Frame,
  type ImagePlane,
  type Packing,
  type PixelDataPlace,
  type PixelFormat,
  type Repetition,
} from './instance.js';
export { type HeaderConfig, type SeriesHeader, type IdentifyingElements } from './seriesHeader.js';
export { startDicomWorkers, type DicomWorkersConfig } from './workers/startDicomWorkers.js';
export { type DicomWorkers } from './workers/dicomWorkers.js';
export { type VoxelConfig } from './loadStack.js';
export { type ReadLimits } from './limits.js';
export { type StoredArray } from './pixels/storedArray.js';
export { type Source } from './listFiles.js';
export { type Skipped } from './skipped.js';
export { deriveUid } from './write/deriveUid.js';
