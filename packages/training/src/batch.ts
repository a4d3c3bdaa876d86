import type { Tensor } from '@tensorflow/tfjs';

/** Inputs of some cases with their ids. Whoever takes a batch from a source owns its tensors and frees them. */
export interface UnlabeledBatch {
  /** `[b, ...]`, as the model takes it; of a model with several inputs one for each, in their order. */
  readonly inputs: Tensor | readonly Tensor[];
  /** `[b]`, which case each input is of; errors name them. A case may occur several times (slices of a patient). */
  readonly ids: readonly string[];
}

/** A batch that can be learned from. */
export interface Batch extends UnlabeledBatch {
  /** `[b]`, the class of each input as a number from 0, or the shape of the model's output, 0 and 1 or probabilities. */
  readonly labels: Tensor;
}

/** The inputs of a batch, one for each input of the model. */
export function inputsOf({ inputs }: UnlabeledBatch): readonly Tensor[] {
  return Array.isArray(inputs) ? (inputs as readonly Tensor[]) : [inputs as Tensor];
}

/** The tensors that come with a batch. */
export function batchTensors(batch: UnlabeledBatch | Batch): Tensor[] {
  return 'labels' in batch ? [...inputsOf(batch), batch.labels] : [...inputsOf(batch)];
}

/** Where batches come from, an epoch at a time. The order of an epoch is a function of its number alone, so that a run that was stopped goes on. */
export interface BatchSource<B extends UnlabeledBatch = Batch> {
  /**
   * The batches of one epoch.
   *
   * @param epoch - counted from 1
   */
  batches(epoch: number): AsyncIterable<B>;
  /**
   * Those from one on, the others not even read: how a run goes on within an epoch. Where a source cannot do that, they are taken from `batches` and dropped.
   *
   * @param epoch - counted from 1
   * @param first - counted from 0
   */
  batchesFrom?(epoch: number, first: number): AsyncIterable<B>;
  /** How many batches every epoch has. */
  readonly batchesPerEpoch: number;
}
