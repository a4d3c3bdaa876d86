// Telling two classes apart
export { type BinaryLabel } from './checkBinaryScores.js';
export { rocAuc } from './rocAuc.js';
export { rocCurve, type RocCurve } from './rocCurve.js';
export { accuracyAt } from './accuracyAt.js';

// How sure that is
export { delongVariance } from './delongVariance.js';
export { delongInterval, type AucInterval, type IntervalOptions } from './delongInterval.js';
export { delongMeanInterval, type DelongMeanInterval } from './delongMeanInterval.js';
export { seedMeanAucInterval, type SeedMeanInterval, type SeedMeanIntervalOptions } from './seedMeanAucInterval.js';
export { aucPValue, type AucPValueOptions } from './aucPValue.js';
export { chanceAucStandardError } from './chanceAucStandardError.js';
export { bonferroni } from './bonferroni.js';
export { holm } from './holm.js';

// Loss
export { logLoss } from './logLoss.js';
export { guessingLoss } from './guessingLoss.js';

// Shape of a sample
export { summarize, type Summary } from './summarize.js';
export { quantile } from './quantile.js';
export { type Domain } from './domain.js';
export { histogram, type Histogram, type HistogramOptions } from './histogram.js';
export { kernelDensity, type Density, type KernelDensityOptions } from './kernelDensity.js';
export { overlapCoefficient } from './overlapCoefficient.js';
