import { gzipSync } from 'node:zlib';
import { isMgmtError } from '@mgmt/core';
import fc from 'fast-check';
import { decodeIdx } from '../src/index.js';
import { idxBytes } from './idxBytes.js';

describe('decodeIdx', () => {
  const digits = idxBytes(
    [2, 3, 4],
    Array.from({ length: 24 }, (_, i) => i),
  );

  it('reads extents and bytes, packed or not', () => {
    for (const bytes of [digits, gzipSync(digits)]) {
      const { data, shape } = decodeIdx(bytes);
      expect(shape).toEqual([2, 3, 4]);
      expect([...data]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    }
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    ['an empty file', new Uint8Array(), 'not-idx', /found an empty file/],
    ['another file', Buffer.from('PK\x03\x04 a zip'), 'not-idx', /expected the bytes 00 00 08 at the start, found 50 4b 03 04/],
    ['values of another type', Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), 'unsupported-idx', /found 00 00 0d 01/],
    ['no extents', Uint8Array.of(0, 0, 8, 0), 'unsupported-idx', /1 to 4 extents/],
    ['too many extents', Uint8Array.of(0, 0, 8, 200), 'unsupported-idx', /found 00 00 08 c8/],
    ['a header that is cut short', digits.subarray(0, 9), 'truncated-idx', /ends in its header\n {2}expected 16 bytes, found 9/],
    ['values that are cut short', digits.subarray(0, 30), 'truncated-idx', /expected 24 bytes \(2 x 3 x 4\) from byte 16, found 14/],
    ['extents beyond all memory', idxBytes([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], [1]), 'truncated-idx', /found 1/],
    ['bytes behind the values', Buffer.concat([digits, Buffer.of(0)]), 'bad-idx', /expected 24 bytes .*found 25/],
    ['gzip that is cut short', gzipSync(digits).subarray(0, 30), 'bad-gzip', /cannot be unpacked/],
  ])('refuses %s', (_name, bytes, code, message) => {
    expect(() => decodeIdx(bytes, 'x-idx')).toThrow(message);
    expect(() => decodeIdx(bytes, 'x-idx')).toThrow(expect.objectContaining({ code: `cohort/${code}`, where: 'x-idx' }));
  });

  it('ends on any bytes with an array or an error of its own', () => {
    const begun = fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.of(0, 0, 8, ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), begun), (bytes) => {
        try {
          const { data, shape } = decodeIdx(bytes);
          expect(data).toHaveLength(shape.reduce((product, n) => product * n, 1));
        } catch (error) {
          if (!isMgmtError(error)) throw error;
        }
      }),
    );
  });
});
