import { MgmtError, type Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import type { Batch, BatchSource, UnlabeledBatch } from './batch.js';
import { readAhead } from './readAhead.js';

/** Options of {@link arrayBatches}. */
export type ArrayBatchesOptions = CasesInBatches & (OneArrayACase | SeveralArraysACase);

/** Which cases there are, and how they come in batches. */
export interface CasesInBatches {
  /** `[n]`, the id of every input. */
  readonly ids: readonly string[];
  /** `[n]`, 0 or 1 or the number of a class; without it the batches have no labels and serve prediction only. */
  readonly labels?: ArrayLike<number>;
  /** Inputs a batch, at least 1; the last batch of an epoch holds what remains. */
  readonly batchSize: number;
  /** Where the order of each epoch is drawn from: `shuffle.child('epoch').child(epoch)`. Without it the order is that of `ids`. */
  readonly shuffle?: Rng;
  /** How many batches are read while the device works on one, 1 by default. That much more memory is taken; more helps where reading takes turns to be slow. */
  readonly batchesAhead?: number;
}

/** Inputs of a network with one input. */
export interface OneArrayACase {
  /** Gives the `index`-th input, C order. A batch's inputs are asked for all at once. */
  readonly load: (index: number) => Promise<Float32Array>;
  /** Of one input, without the batch axis: `[depth, height, width, channel]`. */
  readonly shape: readonly number[];
}

/** Inputs of a network with several, such as one a modality. */
export interface SeveralArraysACase {
  /** Gives the arrays of the `index`-th case, C order, in the order of the network's inputs. */
  readonly load: (index: number) => Promise<readonly Float32Array[]>;
  /** Of each of them, without the batch axis. */
  readonly shapes: readonly (readonly number[])[];
}

/**
 * Batches of arrays that are loaded one by one, from a cache or from memory, while the device works on the last one. What a resumed run has done before
 * is not loaded again.
 *
 * @returns a source whose order depends on the generator and the epoch's number only
 * @throws `MgmtError` `training/bad-batches` where ids and labels differ in number, there is no input, or the batch size is not a positive integer;
 * while reading, `training/shape-mismatch` with the id of an input that is not as large as its shape says
 * @example
 * const training = arrayBatches({ load: (i) => cache[i].load(), ids, labels, shape: [64, 256, 256, 1], batchSize: 8, shuffle: rng(seed) });
 */
export function arrayBatches(options: ArrayBatchesOptions & { readonly labels: ArrayLike<number> }): BatchSource;
export function arrayBatches(options: ArrayBatchesOptions): BatchSource<UnlabeledBatch>;
export function arrayBatches(options: ArrayBatchesOptions): BatchSource<Batch | UnlabeledBatch> {
  const { ids, labels, batchSize, shuffle, batchesAhead = 1 } = options;
  check(options);
  const batchesPerEpoch = Math.ceil(ids.length / batchSize);
  const inOrder = ids.map((_, index) => index);

  async function* batchesFrom(epoch: number, first: number): AsyncGenerator<Batch | UnlabeledBatch> {
    const order = shuffle ? shuffle.child('epoch').child(epoch).shuffle(inOrder) : inOrder;
    const inBatches = Array.from({ length: batchesPerEpoch }, (_, batch) => order.slice(batch * batchSize, (batch + 1) * batchSize));
    const loaded = readAhead(inBatches.slice(first), batchesAhead, async (indices) => ({
      indices,
      arrays: await loadBatch(options, indices),
    }));
    for await (const { indices, arrays } of loaded) {
      const tensors = arrays.map(({ values, shape }) => tf.tensor(values, [indices.length, ...shape])); // [b, ...shape]
      yield {
        inputs: 'shapes' in options ? tensors : tensors[0]!,
        ids: indices.map((index) => ids[index]!),
        ...(labels && { labels: tf.tensor1d(indices.map((index) => labels[index]!)) }), // [b]
      };
    }
  }
  return { batches: (epoch) => batchesFrom(epoch, 0), batchesFrom, batchesPerEpoch };
}

/** An input of every case of a batch. */
interface BatchArray {
  /** `[b, ...shape]`, one case after another. */
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

async function loadBatch(options: ArrayBatchesOptions, indices: readonly number[]): Promise<BatchArray[]> {
  const shapes = 'shapes' in options ? options.shapes : [options.shape];
  const batch = shapes.map((shape) => ({ shape, values: new Float32Array(indices.length * sizeOf(shape)) }));
  await Promise.all(
    indices.map(async (index, place) => {
      const loaded = await options.load(index);
      const arrays = 'shapes' in options ? (loaded as readonly Float32Array[]) : [loaded as Float32Array];
      requireSizes(arrays, shapes, options.ids[index]!);
      arrays.forEach((array, i) => batch[i]!.values.set(array, place * array.length));
    }),
  );
  return batch;
}

function requireSizes(arrays: readonly Float32Array[], shapes: readonly (readonly number[])[], id: string): void {
  const mismatch = (expected: string, found: string) =>
    new MgmtError('an input is not of the shape that the model takes', { code: 'training/shape-mismatch', where: id, expected, found });
  if (arrays.length !== shapes.length) throw mismatch(`${shapes.length} arrays`, `${arrays.length}`);
  arrays.forEach(({ length }, i) => {
    const shape = shapes[i]!;
    if (length !== sizeOf(shape)) throw mismatch(`${shape.join(' x ')} = ${sizeOf(shape)} values`, `${length}`);
  });
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

function check({ ids, labels, batchSize }: CasesInBatches): void {
  const bad = (sentence: string, expected: string, found: string) =>
    new MgmtError(sentence, { code: 'training/bad-batches', expected, found });
  if (ids.length === 0) throw bad('there is nothing to make batches of', 'at least one input', 'none');
  if (labels && labels.length !== ids.length) throw bad('labels and ids differ in number', `${ids.length} labels`, `${labels.length}`);
  if (!Number.isInteger(batchSize) || batchSize < 1) throw bad('this is no batch size', 'an integer of at least 1', `${batchSize}`);
}
