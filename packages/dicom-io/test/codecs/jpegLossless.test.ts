import fc from 'fast-check';
import { loadJpeg } from '../../src/pixels/codecs/jpeg/jpeg.js';
import { encodeLossless, type LosslessOptions } from './encodeLossless.js';
import { pixelFormat } from './pixelFormat.js';

const images = fc
  .record({
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 12 }),
    components: fc.integer({ min: 1, max: 4 }),
    precision: fc.integer({ min: 2, max: 16 }),
    predictor: fc.integer({ min: 1, max: 7 }),
    pointTransform: fc.integer({ min: 0, max: 3 }),
    restartRows: fc.integer({ min: 0, max: 3 }),
    interleaved: fc.boolean(),
  })
  .filter(({ precision, pointTransform }) => pointTransform < precision)
  .chain((options: LosslessOptions) => {
    const { rows, columns, components, precision, pointTransform } = options;
    const length = rows * columns * components;
    const sample = fc.oneof(fc.nat(2 ** precision - 1), fc.constantFrom(0, 2 ** precision - 1, 2 ** (precision - 1)));
    const shifted = sample.map((value) => (value >> pointTransform) << pointTransform);
    return fc.tuple(fc.constant(options), fc.array(shifted, { minLength: length, maxLength: length }));
  });

describe('the lossless JPEG decoder', () => {
  it('gives back what was coded, with any predictor, precision, point transform, restarts, and order of components', async () => {
    const decode = await loadJpeg();
    fc.assert(
      fc.property(images, ([options, samples]) => {
        const { rows, columns, components: samplesPerPixel, precision } = options;
        const format = pixelFormat({ rows, columns, samplesPerPixel, bitsAllocated: precision > 8 ? 16 : 8, bitsStored: precision });
        expect(Array.from(decode(encodeLossless(samples, options), format, 'frame'))).toEqual(samples);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('knows the difference of 32768, which has no bits', async () => {
    const decode = await loadJpeg();
    const options = { ...plain, columns: 4, precision: 16 };
    const samples = [32768, 0, 32768, 0]; // the first is predicted as 32768
    const format = pixelFormat({ rows: 1, columns: 4, bitsAllocated: 16 });
    expect(Array.from(decode(encodeLossless(samples, options), format, 'frame'))).toEqual(samples);
  });

  it.each([
    ['a lost restart marker', (frame: Uint8Array) => without(frame, 0xd0), /lack restart marker 0/],
    ['restart markers in the wrong order', (frame: Uint8Array) => frame.with(frame.lastIndexOf(0xd1), 0xd2), /lack restart marker 1/],
    ['a scan without its table', (frame: Uint8Array) => frame.with(frame.indexOf(0xc4) + 3, 1), /no Huffman table/],
    ['a restart within a row', (frame: Uint8Array) => frame.with(frame.indexOf(0xdd) + 4, 3), /restarts within a row/],
    ['predictor 8', (frame: Uint8Array) => frame.with(frame.indexOf(0xda) + 6, 8), /no predictor 8/],
  ])('refuses %s', async (_, damage, message) => {
    const decode = await loadJpeg();
    const options = { ...plain, rows: 3, columns: 4, restartRows: 1 };
    const frame = encodeLossless(
      Array.from({ length: 12 }, (__, i) => i),
      options,
    );
    const format = pixelFormat({ rows: 3, columns: 4, bitsAllocated: 8 });
    expect(Array.from(decode(frame, format, 'frame'))).toEqual(Array.from({ length: 12 }, (__, i) => i));
    expect(() => decode(damage(frame), format, 'frame')).toThrow(message);
  });

  const plain: LosslessOptions = {
    rows: 1,
    columns: 1,
    components: 1,
    precision: 8,
    predictor: 1,
    pointTransform: 0,
    restartRows: 0,
    interleaved: true,
  };

  function without(frame: Uint8Array, marker: number): Uint8Array {
    const at = frame.findIndex((byte, i) => byte === 0xff && frame[i + 1] === marker);
    return Uint8Array.from([...frame.slice(0, at), ...frame.slice(at + 2)]);
  }
});
