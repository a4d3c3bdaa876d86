import type { TrainingEvent } from './trainingEvent.js';

/** How far a training is, and how long it will take. */
export interface TrainingProgress {
  /** Batches learned from over all epochs, those before a resume included. */
  readonly done: number;
  readonly total: number;
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Of the last batch. */
  readonly loss: number;
  /** Until the last epoch is done, at the mean pace since the first batch of this process, validation included; unknown at that batch. */
  readonly secondsLeft: number | undefined;
  /** When that batch was done, and how many were then. */
  readonly since: { readonly ms: number; readonly done: number };
}

/**
 * The progress after an event.
 *
 * @param before - what this gave for the event before; nothing at first
 * @param nowMs - when the event came
 * @returns nothing before the first step
 * @example
 * let progress: TrainingProgress | undefined;
 * const onEvent = (event: TrainingEvent) => {
 *   progress = trainingProgress(progress, event, Date.now());
 *   if (progress) bar.update(progress.done, { secondsLeft: progress.secondsLeft });
 * };
 */
export function trainingProgress(before: TrainingProgress | undefined, event: TrainingEvent, nowMs: number): TrainingProgress | undefined {
  if (event.kind !== 'step') return before && { ...before, secondsLeft: secondsLeft(before, nowMs) };
  const { epoch, epochs, batch, batchesPerEpoch, loss } = event;
  const done = (epoch - 1) * batchesPerEpoch + batch;
  const known = { done, total: epochs * batchesPerEpoch, epoch, epochs, loss, since: before?.since ?? { ms: nowMs, done } };
  return { ...known, secondsLeft: secondsLeft(known, nowMs) };
}

function secondsLeft({ done, total, since }: Pick<TrainingProgress, 'done' | 'total' | 'since'>, nowMs: number): number | undefined {
  return done === since.done ? undefined : ((nowMs - since.ms) / 1000 / (done - since.done)) * (total - done);
}
