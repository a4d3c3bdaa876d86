import type { Position } from './checkpoint.js';
import type { EpochRecord } from './epochRecord.js';

/** Something that happened in a training, for progress bars and logs. Epochs, batches and steps are counted from 1. */
export type TrainingEvent =
  | { readonly kind: 'resumed'; readonly path: string; readonly position: Position }
  | { readonly kind: 'checkpoint-damaged'; readonly path: string; readonly reason: string }
  | {
      readonly kind: 'step';
      readonly epoch: number;
      readonly epochs: number;
      readonly batch: number;
      readonly batchesPerEpoch: number;
      /** Over the whole run. */
      readonly step: number;
      readonly loss: number;
      readonly learningRate: number;
    }
  | { readonly kind: 'epoch'; readonly record: EpochRecord }
  | { readonly kind: 'checkpoint'; readonly path: string; readonly position: Position }
  | { readonly kind: 'stopped'; readonly position: Position };
