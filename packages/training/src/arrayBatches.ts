import { MgmtError, type Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import type { Batch, BatchSource, UnlabeledBatch } from './batch.js';

/** Options of {@link arrayBatches}. */
export interface ArrayBatchesOptions {
  /** Gives the `index`-th input, C order. It is asked for one batch ahead, a batch's inputs all at once. */
  readonly load: (index: number) => Promise<Float32Array>;
  /** `[n]`, the id of every input. */
  readonly ids: readonly string[];
  /** `[n]`, 0 or 1; without it the batches have no labels and serve prediction only. */
  readonly labels?: ArrayLike<number>;
  /** Of one input, without the batch axis: `[depth, height, width, channel]`. */
  readonly shape: readonly number[];
  /** Inputs a batch, at least 1; the last batch of an epoch holds what remains. */
  readonly batchSize: number;
  /** Where the order of each epoch is drawn from: `shuffle.child('epoch').child(epoch)`. Without it the order is that of `ids`. */
  readonly shuffle?: Rng;
}

/**
 * Batches of arrays that are loaded one by one, from a cache or from memory. The next batch is read while the device works on the last one.
 *
 * @returns a source whose order depends on the generator and the epoch's number only
 * @throws `MgmtError` `training/bad-batches` where ids and labels differ in number, there is no input, or the batch size is not a positive integer;
 * while reading, `training/shape-mismatch` with the id of an input that is not as large as `shape` says
 * @example
 * const training = arrayBatches({ load: (i) => cache[i].load(), ids, labels, shape: [64, 256, 256, 1], batchSize: 8, shuffle: rng(seed) });
 */
export function arrayBatches(options: ArrayBatchesOptions & { readonly labels: ArrayLike<number> }): BatchSource;
export function arrayBatches(options: ArrayBatchesOptions): BatchSource<UnlabeledBatch>;
export function arrayBatches(options: ArrayBatchesOptions): BatchSource<Batch | UnlabeledBatch> {
  const { ids, labels, batchSize, shuffle } = options;
  check(options);
  const batchesPerEpoch = Math.ceil(ids.length / batchSize);
  const inOrder = ids.map((_, index) => index);

  async function* batches(epoch: number): AsyncGenerator<Batch | UnlabeledBatch> {
    const order = shuffle ? shuffle.child('epoch').child(epoch).shuffle(inOrder) : inOrder;
    const indices = (batch: number) => order.slice(batch * batchSize, (batch + 1) * batchSize);
    let ahead = readAhead(options, indices(0));
    for (let batch = 0; batch < batchesPerEpoch; batch++) {
      const values = await ahead;
      if (batch + 1 < batchesPerEpoch) ahead = readAhead(options, indices(batch + 1));
      yield {
        inputs: tf.tensor(values, [indices(batch).length, ...options.shape]), // [b, ...shape]
        ids: indices(batch).map((index) => ids[index]!),
        ...(labels && { labels: tf.tensor1d(indices(batch).map((index) => labels[index]!)) }), // [b]
      };
    }
  }
  return { batches, batchesPerEpoch };
}

/** Begins to read a batch. A failure waits for whoever takes the batch; where nobody does, because the loop was left, it is nobody's. */
function readAhead(options: ArrayBatchesOptions, indices: readonly number[]): Promise<Float32Array> {
  const values = read(options, indices);
  values.catch(() => undefined);
  return values;
}

/** One after another in one array: `[b, ...shape]`. */
async function read({ load, shape, ids }: ArrayBatchesOptions, indices: readonly number[]): Promise<Float32Array> {
  const size = shape.reduce((product, n) => product * n, 1);
  const values = new Float32Array(indices.length * size);
  await Promise.all(
    indices.map(async (index, place) => {
      const input = await load(index);
      if (input.length !== size) {
        throw new MgmtError('an input is not of the shape that the model takes', {
          code: 'training/shape-mismatch',
          where: ids[index]!,
          expected: `${shape.join(' x ')} = ${size} values`,
          found: `${input.length}`,
        });
      }
      values.set(input, place * size);
    }),
  );
  return values;
}

function check({ ids, labels, batchSize }: ArrayBatchesOptions): void {
  const bad = (sentence: string, expected: string, found: string) =>
    new MgmtError(sentence, { code: 'training/bad-batches', expected, found });
  if (ids.length === 0) throw bad('there is nothing to make batches of', 'at least one input', 'none');
  if (labels && labels.length !== ids.length) throw bad('labels and ids differ in number', `${ids.length} labels`, `${labels.length}`);
  if (!Number.isInteger(batchSize) || batchSize < 1) throw bad('this is no batch size', 'an integer of at least 1', `${batchSize}`);
}
