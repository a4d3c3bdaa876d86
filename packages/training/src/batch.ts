import type { Tensor } from '@tensorflow/tfjs';

/** Inputs of some cases with their ids. Whoever takes a batch from a source owns its tensors and frees them. */
export interface UnlabeledBatch {
  /** `[b, ...]`, as the model takes it. */
  readonly inputs: Tensor;
  /** `[b]`, which case each input is of; errors name them. A case may occur several times (slices of a patient). */
  readonly ids: readonly string[];
}

/** A batch that can be learned from. */
export interface Batch extends UnlabeledBatch {
  /** `[b]` or the shape of the model's output, 0 or 1. */
  readonly labels: Tensor;
}

/** Where batches come from, an epoch at a time. The order of an epoch is a function of its number alone, so that a run that was stopped goes on. */
export interface BatchSource<B extends UnlabeledBatch = Batch> {
  /**
   * The batches of one epoch.
   *
   * @param epoch - counted from 1
   */
  batches(epoch: number): AsyncIterable<B>;
  /** How many batches every epoch has. */
  readonly batchesPerEpoch: number;
}
