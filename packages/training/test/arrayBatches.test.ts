import { rng } from '@mgmt/core';
import { arrayBatches, type UnlabeledBatch } from '../src/index.js';
import { inputsOf } from '../src/batch.js';
import { onCpu } from './onCpu.js';

beforeAll(onCpu);

const ids = ['a', 'b', 'c', 'd', 'e'];
const options = {
  ids,
  labels: [0, 1, 0, 1, 0],
  shape: [2],
  batchSize: 2,
  load: async (index: number) => Float32Array.of(index, 10 * index),
};

async function taken<B extends UnlabeledBatch>(batches: AsyncIterable<B>): Promise<B[]> {
  const all: B[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
const valuesOf = (batch: UnlabeledBatch) => inputsOf(batch)[0]!.arraySync();
const order = async (source: ReturnType<typeof arrayBatches>, epoch: number) =>
  (await taken(source.batches(epoch))).flatMap((batch) => batch.ids);

describe('arrayBatches', () => {
  it('keeps the order of the ids without a generator, the rest in the last batch', async () => {
    const source = arrayBatches(options);
    const batches = await taken(source.batches(1));
    expect(source.batchesPerEpoch).toBe(3);
    expect(batches.map((batch) => batch.ids)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(batches.map((batch) => valuesOf(batch))).toEqual([[[0, 0], [1, 10]], [[2, 20], [3, 30]], [[4, 40]]]); // prettier-ignore
    expect(batches.map((batch) => batch.labels.arraySync())).toEqual([[0, 1], [0, 1], [0]]);
  });

  it('shuffles each epoch in its own way, the same in every process', async () => {
    const orders = await Promise.all([1, 2].map((epoch) => order(arrayBatches({ ...options, shuffle: rng(3) }), epoch)));
    expect(orders.map((one) => [...one].sort())).toEqual([ids, ids]);
    expect(orders[0]).not.toEqual(orders[1]);
    expect(orders[1]).toEqual(rng(3).child('epoch').child(2).shuffle(ids));
  });

  it('keeps inputs, labels and ids together when it shuffles', async () => {
    for (const batch of await taken(arrayBatches({ ...options, shuffle: rng(3) }).batches(1))) {
      const indices = batch.ids.map((id) => ids.indexOf(id));
      expect(valuesOf(batch)).toEqual(indices.map((i) => [i, 10 * i]));
      expect(batch.labels.arraySync()).toEqual(indices.map((i) => options.labels[i]));
    }
  });

  it('reads one batch ahead, no more', async () => {
    const asked: number[] = [];
    const load = async (index: number) => (asked.push(index), new Float32Array(2));
    const batches = arrayBatches({ ...options, load })
      .batches(1)
      [Symbol.asyncIterator]();
    await batches.next();
    expect(asked).toEqual([0, 1, 2, 3]);
  });

  it('reads as many batches ahead as it is told', async () => {
    const asked: number[] = [];
    const load = async (index: number) => (asked.push(index), new Float32Array(2));
    const batches = arrayBatches({ ...options, load, batchesAhead: 0 })
      .batches(1)
      [Symbol.asyncIterator]();
    await batches.next();
    expect(asked).toEqual([0, 1]);
  });

  it('begins at any batch and reads nothing of those before', async () => {
    const asked: number[] = [];
    const load = async (index: number) => (asked.push(index), Float32Array.of(index, 0));
    const source = arrayBatches({ ...options, load, shuffle: rng(3) });
    const whole = await taken(source.batches(2));
    asked.length = 0;
    const rest = await taken(source.batchesFrom!(2, 1));
    expect(rest.map((batch) => batch.ids)).toEqual(whole.slice(1).map((batch) => batch.ids));
    expect(asked.map((index) => ids[index])).toEqual(rest.flatMap((batch) => batch.ids));
  });

  it('gives a tensor for each of a case’s arrays', async () => {
    const { shape: _, ...cases } = options;
    const load = async (index: number) => [Float32Array.of(index), Float32Array.of(index, 10 * index)];
    const [, second] = await taken(arrayBatches({ ...cases, load, shapes: [[1], [2, 1]] }).batches(1));
    expect(inputsOf(second!).map((tensor) => tensor.arraySync())).toEqual([[[2], [3]], [[[2], [20]], [[3], [30]]]]); // prettier-ignore
  });

  it('says when a case has fewer arrays than shapes', async () => {
    const { shape: _, ...cases } = options;
    const load = async () => [new Float32Array(1)];
    await expect(taken(arrayBatches({ ...cases, load, shapes: [[1], [1]] }).batches(1))).rejects.toThrow(
      /training\/shape-mismatch: a: .*\n {2}expected 2 arrays, found 1/,
    );
  });

  it('has no labels where none are given', async () => {
    const { labels: _, ...unlabeled } = options;
    for (const batch of await taken(arrayBatches(unlabeled).batches(1))) expect(batch).not.toHaveProperty('labels');
  });

  it('hands on what reading throws when its batch is due, and leaves the loop that ended before alone', async () => {
    const load = async (index: number) => {
      if (index === 3) throw new Error('cannot read d');
      return new Float32Array(2);
    };
    await expect(taken(arrayBatches({ ...options, load }).batches(1))).rejects.toThrow('cannot read d');
    for await (const batch of arrayBatches({ ...options, load }).batches(1)) {
      expect(batch.ids).toEqual(['a', 'b']);
      break;
    }
  });

  it('names the case whose array has another size', async () => {
    const load = async (index: number) => new Float32Array(index === 2 ? 3 : 2);
    await expect(taken(arrayBatches({ ...options, load }).batches(1))).rejects.toThrow(
      /training\/shape-mismatch: c: .*\n {2}expected 2 = 2 values, found 3/,
    );
  });

  it.each([
    [{ ids: [], labels: [] }, /at least one input, found none/],
    [{ labels: [1, 0] }, /expected 5 labels, found 2/],
    [{ batchSize: 0 }, /at least 1, found 0/],
  ])('refuses %j', (wrong, message) => {
    expect(() => arrayBatches({ ...options, ...wrong })).toThrow(message);
  });
});
