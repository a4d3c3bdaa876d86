export { fit, type FitOptions, type FitResult, type Metric } from './fit.js';
export { predict, type Predictions } from './predict.js';
export type { TrainingEvent } from './trainingEvent.js';
export type { EpochRecord } from './epochRecord.js';
export type { Position } from './checkpoint.js';

export type { Batch, BatchSource, UnlabeledBatch } from './batch.js';
export { arrayBatches, type ArrayBatchesOptions } from './arrayBatches.js';

export type { OptimizerConfig, TrainingConfig } from './trainingConfig.js';
export type { Optimizer, OptimizerState } from './optimizers/optimizer.js';
export { adam, type AdamOptions, type AdamState } from './optimizers/adam.js';
export {
  type ConstantScheduleConfig,
  type Schedule,
  type ScheduleConfig,
  scheduleOf,
  stepSchedule,
  type StepScheduleConfig,
} from './schedules.js';
export { binaryCrossEntropyWithLogits, type Loss, type LossConfig, lossOf } from './losses.js';

export { lockRun, type RunLock } from './lockRun.js';
export { type EventFile, openEventFile } from './eventFile.js';
