export { type BestEpoch, fit, type FitOptions, type FitResult, type Metric } from './fit.js';
export { predict, type Predictions } from './predict.js';
export { byPatient, type Scores } from './byPatient.js';
export type { TrainingEvent } from './trainingEvent.js';
export type { EpochRecord } from './epochRecord.js';
export { trainingProgress, type TrainingProgress } from './trainingProgress.js';
export type { Position } from './checkpoint.js';
export type { BestBy, KeptCheckpoints } from './keptCheckpoints.js';
export { loadCheckpointWeights } from './loadCheckpointWeights.js';
export { nondeterminism } from './nondeterminism.js';

export type { Batch, BatchSource, UnlabeledBatch } from './batch.js';
export {
  arrayBatches,
  type ArrayBatchesOptions,
  type CasesInBatches,
  type OneArrayACase,
  type SeveralArraysACase,
} from './arrayBatches.js';

export type { AugmentationConfig, TrainingConfig } from './trainingConfig.js';
export { type OptimizerConfig, optimizerOf } from './optimizers/optimizerOf.js';
export type { Optimizer, OptimizerState } from './optimizers/optimizer.js';
export { adam, type AdamOptions, type AdamState } from './optimizers/adam.js';
export { adamw, type AdamWOptions, type AdamWState } from './optimizers/adamw.js';
export { lars, type LarsOptions, type LarsState } from './optimizers/lars.js';
export { sgd, type SgdOptions, type SgdState } from './optimizers/sgd.js';
export type { DecayedWeights } from './optimizers/decayedWeights.js';
export { type ClipConfig, clipGradients } from './clipGradients.js';
export { type AverageConfig, WeightAverage } from './weightAverage.js';
export {
  type ConstantScheduleConfig,
  cosineSchedule,
  type CosineScheduleConfig,
  type Schedule,
  type ScheduleConfig,
  scheduleOf,
  stepSchedule,
  type StepScheduleConfig,
  warmUpSchedule,
  type WarmUpScheduleConfig,
} from './schedules.js';
export { type Loss, type LossConfig, lossOf } from './losses/loss.js';
export { binaryCrossEntropyWithLogits, type BinaryCrossEntropyOptions } from './losses/binaryCrossEntropy.js';
export { categoricalCrossEntropyWithLogits, type CategoricalCrossEntropyOptions } from './losses/categoricalCrossEntropy.js';

export { lockRun, type RunLock } from './lockRun.js';
export { stopOnSignals, type StopOnSignals, type StopOnSignalsOptions } from '@mgmt/core';
export { type EventFile, openEventFile } from './eventFile.js';
export type { PngImage, SummaryValue } from './tensorBoardEvent.js';
export { type Histogram, histogramOf } from './histogram.js';
export { encodePng } from './encodePng.js';
