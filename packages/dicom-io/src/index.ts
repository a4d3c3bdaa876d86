export { writeSeries, type WriteSeriesConfig } from './write/writeSeries.js';
export { deriveUid } from './write/deriveUid.js';
