import fc from 'fast-check';
import { isMgmtError } from '@mgmt/core';
import { decodeSafetensors, encodeSafetensors, type WeightTensor } from '../src/index.js';

const file = (header: string | object, dataBytes = 0) => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
};
const f32 = (shape: readonly unknown[], begin: unknown, end: unknown) => ({ dtype: 'F32', shape, data_offsets: [begin, end] });

describe('safetensors', () => {
  it('come back as they went, with types, shapes and metadata', () => {
    const tensors = new Map<string, WeightTensor>([
      ['conv1.weight', { shape: [2, 1, 3], data: Float32Array.from([1, -2.5, 0, 1e-40, Infinity, 7]) }],
      ['steps', { shape: [], data: BigInt64Array.from([-(2n ** 60n)]) }],
      ['odd', { shape: [3], data: Uint8Array.from([1, 2, 255]) }],
      ['double', { shape: [1], data: Float64Array.from([Math.PI]) }],
      ['none', { shape: [0, 4], data: new Int32Array(0) }],
      ['__proto__', { shape: [1], data: Int32Array.from([-7]) }],
    ]);
    const decoded = decodeSafetensors(encodeSafetensors(tensors, { format: 'pt', ключ: 'é' }));
    expect([...decoded.tensors]).toEqual([...tensors]);
    expect(decoded.metadata).toEqual({ format: 'pt', ключ: 'é' });
  });

  it('are read from any place in a larger buffer', () => {
    const bytes = encodeSafetensors(new Map([['a', { shape: [2], data: Float32Array.from([1, 2]) }]]));
    const shifted = Buffer.alloc(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3)).tensors.get('a')!.data).toEqual(Float32Array.from([1, 2]));
  });

  it('lay their data at a multiple of eight bytes, as other readers map it', () => {
    const bytes = encodeSafetensors(new Map([['a', { shape: [1], data: Float64Array.from([1]) }]]));
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it('have half-width floats widened exactly', () => {
    const bytes = file(
      { h: { dtype: 'F16', shape: [6], data_offsets: [0, 12] }, b: { dtype: 'BF16', shape: [2], data_offsets: [12, 16] } },
      16,
    );
    const words = [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000, 0x3f80, 0xc2f7];
    words.forEach((word, i) => new DataView(bytes.buffer).setUint16(bytes.length - 16 + 2 * i, word, true));
    const { tensors } = decodeSafetensors(bytes);
    expect([...tensors.get('h')!.data]).toEqual([1, -2, 2 ** -24, 65504, Infinity, -0]);
    expect([...tensors.get('b')!.data]).toEqual([1, -123.5]);
  });

  it.each<[string, Uint8Array]>([
    ['is empty', new Uint8Array(0)],
    ['has a header longer than itself', file({}).fill(255, 0, 8)],
    ['has a header that is no JSON', file('{"a":')],
    ['has a header that is no UTF-8', file('{}').fill(0xff, 8)],
    ['has a header that is an array', file('[]')],
    ['has blanks before the header', file(' {}')],
    [
      'has a name twice',
      file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', 2),
    ],
    [
      'has a name twice, once escaped',
      file('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
    ],
    ['has a field twice', file('{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1)],
    ['has an unknown type', file({ a: { dtype: 'F8_E4M3', shape: [1], data_offsets: [0, 1] } }, 1)],
    ['has a type that only the prototype knows', file({ a: { dtype: 'toString', shape: [1], data_offsets: [0, 1] } }, 1)],
    ['has a negative size', file({ a: f32([-1], 0, 4) }, 4)],
    ['has a fraction for a size', file({ a: f32([0.5, 2], 0, 4) }, 4)],
    ['has a shape whose product overflows', file({ a: f32([2 ** 40, 2 ** 40], 0, 4) }, 4)],
    ['has a product that overflows to zero', file({ a: f32([2 ** 32, 2 ** 32, 0.0, 3], 0, 4) }, 4)],
    ['has a shape that does not fit its bytes', file({ a: f32([2], 0, 4) }, 4)],
    ['has offsets the wrong way round', file({ a: f32([1], 4, 0) }, 4)],
    ['has offsets past the end', file({ a: f32([2], 0, 8) }, 4)],
    ['has overlapping tensors', file({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, 8)],
    ['has a hole', file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12)],
    ['has bytes that belong to nobody', file({ a: f32([1], 0, 4) }, 5)],
    ['has three offsets', file({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4, 4] } }, 4)],
    ['has an entry that is no object', file({ a: 5 })],
    ['has metadata that are no texts', file({ __metadata__: { a: 5 } })],
  ])('are refused where the file %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes, 'weights.safetensors')).toThrow(/nn\/bad-safetensors: weights.safetensors: /);
  });

  it('are read or refused with a typed error, whatever the bytes', () => {
    const valid = encodeSafetensors(new Map([['layer.weight', { shape: [2, 3], data: new Float32Array(6) }]]), { format: 'pt' });
    const damaged = fc
      .tuple(fc.nat(valid.length - 1), fc.nat(255), fc.nat(valid.length))
      .map(([at, value, length]) => valid.slice(0, length).fill(value, at, at + 1));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          damaged,
          fc.json().map((json) => file(json)),
        ),
        (bytes) => {
          try {
            decodeSafetensors(bytes);
          } catch (error) {
            expect(isMgmtError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
