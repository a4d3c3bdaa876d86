import fc from 'fast-check';
import { adaptStem } from '../src/index.js';

const weight = { shape: [2, 3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6) }; // [out, rgb, 1, 2]

describe('adaptStem', () => {
  it('sums the channels for one', () => {
    expect(adaptStem(weight, 1)).toEqual({ shape: [2, 1, 1, 2], data: Float32Array.of(9, 12, -9, -12) });
  });

  it('takes them in turn for more, by their share', () => {
    const { shape, data } = adaptStem(weight, 4);
    expect(shape).toEqual([2, 4, 1, 2]);
    expect(Array.from(data.slice(0, 8), (value) => (value * 4) / 3)).toEqual([1, 2, 3, 4, 5, 6, 1, 2]);
  });

  it('makes of one channel twenty that are a twentieth of it', () => {
    const { data } = adaptStem({ shape: [1, 1, 1, 1], data: Float32Array.of(5) }, 20);
    expect(Array.from(data)).toEqual(Array.from({ length: 20 }, () => 0.25));
  });

  it('gives of equal channels the same sum, for any multiple of the trained ones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.integer({ min: -64, max: 64 })),
        (trained, times, values) => {
          const old = {
            shape: [2, trained, 2, 1, 1],
            data: Float32Array.from({ length: 4 * trained }, () => values.next().value as number),
          };
          const adapted = adaptStem(old, trained * times);
          expect(sums(adapted.data, trained * times)).toEqual(sums(old.data, trained).map((sum) => expect.closeTo(sum, 3) as number));
          expect(Array.from(adaptStem(old, 1).data)).toEqual(sums(old.data, trained));
          if (trained > 1) expect(adaptStem(old, trained).data).toEqual(old.data);
        },
      ),
    );
  });

  it('refuses what is no weight of a convolution', () => {
    expect(() => adaptStem({ shape: [4, 3], data: new Float32Array(12) }, 1)).toThrow(/^nn\/no-stem[^]*found \[4, 3\]/);
  });
});

/** Over the channels of `[2, channels, 2]`. */
const sums = (data: Float32Array, channels: number) =>
  [0, 1].flatMap((out) =>
    [0, 1].map((tap) => Array.from({ length: channels }, (_, c) => data[(out * channels + c) * 2 + tap]!).reduce((a, b) => a + b)),
  );
