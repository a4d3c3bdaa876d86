import fc from 'fast-check';
import type { WeightTensor } from '../src/index.js';

const number32 = fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, 1e-40, Infinity));

/** Elements of every kind that a file can hold, by the array that keeps them. */
const KINDS: readonly ((count: number) => fc.Arbitrary<Omit<WeightTensor, 'shape'>>)[] = [
  (count) => fc.float32Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.float64Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.int8Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.uint8Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.int16Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.uint16Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.int32Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.uint32Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.bigInt64Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => fc.bigUint64Array({ minLength: count, maxLength: count }).map((data) => ({ data })),
  (count) => list(count, fc.constantFrom(0, 1)).map((values) => ({ data: Uint8Array.from(values), type: 'BOOL' })),
  (count) => list(count, number32).map((values) => ({ data: upperHalves(values), type: 'BF16' })),
  (count) => list(count, fc.integer({ min: -2048, max: 2048 })).map((values) => ({ data: Float32Array.from(values), type: 'F16' })), // halves hold these exactly
];

/** Text without lone surrogates. */
export const text = fc.string({ unit: 'binary', maxLength: 12 });

/** A tensor of any type, its shape with up to three axes, empty ones too. */
export const tensor: fc.Arbitrary<WeightTensor> = fc
  .tuple(fc.constantFrom(...KINDS), fc.array(fc.nat(4), { maxLength: 3 }))
  .chain(([kind, shape]) => kind(shape.reduce((product, n) => product * n, 1)).map((elements) => ({ shape, ...elements })));

/** Tensors under names. */
export const tensors: fc.Arbitrary<Map<string, WeightTensor>> = fc
  .uniqueArray(fc.tuple(text, tensor), { selector: ([name]) => name, maxLength: 6 })
  .map((entries) => new Map(entries.filter(([name]) => name !== '__metadata__')));

const list = <T>(count: number, item: fc.Arbitrary<T>) => fc.array(item, { minLength: count, maxLength: count });

/** Exact as bfloat16. */
function upperHalves(values: readonly number[]): Float32Array {
  const data = Float32Array.from(values);
  const bits = new Uint32Array(data.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = bits[i]! & 0xffff0000;
  return data;
}
