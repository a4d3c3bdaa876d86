import { MgmtError } from '@mgmt/core';
import { STORED_AS, type NumberType, type WeightData } from './elementTypes.js';
import { narrowToHalves, widenHalves } from './halves.js';

/** An array under a name in a weight file. */
export interface WeightTensor<Data extends WeightData = WeightData> {
  readonly shape: readonly number[];
  /** C order, as many as the shape holds. Half-width floats are widened to float32 on reading, and narrowed on writing. */
  readonly data: Data;
  /** The type in the file, where the array alone does not tell: `F16` and `BF16` go with a Float32Array, `BOOL` with a Uint8Array. */
  readonly type?: 'F16' | 'BF16' | 'BOOL';
}

/** The type that a tensor has in a file; undefined for an array of another kind. */
export function elementType({ data, type }: Pick<WeightTensor, 'data' | 'type'>): NumberType | undefined {
  if (type) return type;
  const names = Object.keys(STORED_AS) as NumberType[];
  return names.find((name) => !(name in UNTOLD) && STORED_AS[name].name === data.constructor.name);
}

/** A tensor's elements as the bytes of a file: its own memory but for halves. */
export function bytesOfTensor({ data, type }: WeightTensor): Uint8Array {
  const stored = type === 'F16' || type === 'BF16' ? narrowToHalves(data as Float32Array, type) : data;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

/**
 * The tensor whose elements are these bytes.
 *
 * @param bytes - aligned to the type; the tensor shares their memory but for halves
 */
export function tensorOfBytes(type: NumberType, shape: readonly number[], bytes: Uint8Array<ArrayBuffer>): WeightTensor {
  const Stored = STORED_AS[type] as unknown as new (buffer: ArrayBuffer, offset: number, length: number) => WeightData;
  const width = (STORED_AS[type] as unknown as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  const data = new Stored(bytes.buffer, bytes.byteOffset, bytes.length / width);
  if (type === 'F16' || type === 'BF16') return { shape, data: widenHalves(data as Uint16Array, type), type };
  return type === 'BOOL' ? { shape, data, type } : { shape, data };
}

/**
 * The type that a tensor is written as.
 *
 * @throws `MgmtError` `nn/bad-tensor` where that would make a bad file: another number of elements than the shape holds, a type that the array cannot
 * be written as
 */
export function writtenType(name: string, tensor: WeightTensor): NumberType {
  const { shape, data, type } = tensor;
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length) throw badTensor(name, `${count} elements for ${shape.join(' x ') || 'a scalar'}`, `${data.length}`);
  const needed = type && UNTOLD[type];
  if (needed && data.constructor.name !== needed)
    throw badTensor(name, `a ${needed} to be written as ${type}`, `a ${data.constructor.name}`);
  const written = elementType(tensor);
  if (!written) throw badTensor(name, 'a typed array', `a ${data.constructor.name}`);
  return written;
}

const UNTOLD = { F16: 'Float32Array', BF16: 'Float32Array', BOOL: 'Uint8Array' } as const;

const badTensor = (where: string, expected: string, found: string) =>
  new MgmtError('the tensor cannot be written', { code: 'nn/bad-tensor', where, expected, found });
