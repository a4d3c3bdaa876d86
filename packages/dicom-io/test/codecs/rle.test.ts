import fc from 'fast-check';
import type { PixelFormat } from '../../src/pixels/pixelFormat.js';
import { loadRle } from '../../src/pixels/codecs/rle.js';
import { storedArray, type StoredArray } from '../../src/pixels/storedArray.js';
import { pixelFormat } from './pixelFormat.js';

const images = fc
  .record({
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 200 }),
    samplesPerPixel: fc.integer({ min: 1, max: 4 }),
    bitsAllocated: fc.constantFrom(8, 16, 32),
    signed: fc.boolean(),
  })
  .filter(({ samplesPerPixel, bitsAllocated }) => samplesPerPixel * bitsAllocated <= 15 * 8)
  .map((members) => pixelFormat(members))
  .chain((format) => {
    const length = format.rows * format.columns * format.samplesPerPixel;
    const runs = fc.array(fc.tuple(fc.integer(), fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 20 });
    return fc.tuple(
      fc.constant(format),
      runs.map((pairs) => filled(storedArray(format, length), pairs)),
    );
  });

function filled(values: StoredArray, runs: readonly (readonly [number, number])[]): StoredArray {
  let at = 0;
  for (let i = 0; at < values.length; i++) {
    const [value, length] = runs[i % runs.length]!;
    values.fill(value + i, at, at + length);
    at += length;
  }
  return values;
}

describe('the RLE decoder', () => {
  it('gives back what was packed', async () => {
    const decode = await loadRle();
    fc.assert(
      fc.property(images, ([format, values]) => {
        expect(decode(encodeRle(values, format), format, 'frame')).toEqual(values);
      }),
      { seed: 1 },
    );
  });

  it('ignores the control byte 128, and bytes behind a full segment', async () => {
    const decode = await loadRle();
    const frame = Uint8Array.of(...header([64]), 128, 255, 7, 2, 1, 2, 3, 9, 9);
    expect(decode(frame, pixelFormat({ rows: 1, columns: 5, bitsAllocated: 8 }), 'frame')).toEqual(Uint8Array.of(7, 7, 1, 2, 3));
  });

  it.each([
    ['fewer segments than bytes a pixel', [...header([64]), 0, 1, 0, 1], /another number of segments(.|\n)*expected 2(.|\n)*found 1/],
    ['segments in the wrong order', [...header([66, 64]), 0, 1, 0, 1], /segment 1 lies outside/],
    ['a segment behind the end', [...header([64, 90]), 0, 1, 0, 1], /segment 1 lies outside/],
    ['a short segment', [...header([64, 66]), 0, 1, 128, 128], /ends early(.|\n)*expected 1 bytes in a segment/],
    ['less than a header', [2, 0, 0, 0], /ends early(.|\n)*expected a header of 64 bytes/],
  ])('refuses %s', async (_, bytes, message) => {
    const decode = await loadRle();
    expect(() => decode(Uint8Array.from(bytes), pixelFormat({ rows: 1, columns: 1, bitsAllocated: 16 }), 'frame')).toThrow(message);
  });
});

/** A segment a byte, each as literal runs of at most 128 and replicated runs of at most 128. PS3.5 section G.3.1. */
function encodeRle(values: StoredArray, { samplesPerPixel, bitsAllocated }: PixelFormat): Uint8Array {
  const bytes = new Uint8Array(values.buffer);
  const sampleBytes = bitsAllocated / 8;
  const stride = samplesPerPixel * sampleBytes;
  const segments = Array.from({ length: stride }, (_, segment) => {
    const from = Math.floor(segment / sampleBytes) * sampleBytes + sampleBytes - 1 - (segment % sampleBytes);
    return packed(bytes.filter((__, i) => i % stride === from));
  });
  let end = 64;
  const offsets = segments.map(({ length }) => (end += length) - length);
  return Uint8Array.from([...header(offsets), ...segments.flat()]);
}

function packed(plane: Uint8Array): number[] {
  const out: number[] = [];
  for (let at = 0; at < plane.length;) {
    let run = 1;
    while (run < 128 && plane[at + run] === plane[at]) run++;
    if (run > 1) out.push(257 - run, plane[at]!);
    else {
      while (run < 128 && at + run < plane.length && plane[at + run] !== plane[at + run - 1]) run++;
      out.push(run - 1, ...plane.subarray(at, at + run));
    }
    at += run;
  }
  return out.length % 2 ? [...out, 0] : out; // segments have even lengths
}

function header(offsets: readonly number[]): number[] {
  const words = new Uint32Array(16);
  words[0] = offsets.length;
  words.set(offsets, 1);
  return [...new Uint8Array(words.buffer)];
}
