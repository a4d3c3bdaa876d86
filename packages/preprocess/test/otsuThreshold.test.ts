import { readFileSync } from 'node:fs';
import { otsuThreshold } from '../src/index.js';

const golden = JSON.parse(readFileSync(new URL('./golden/resize.json', import.meta.url), 'utf8')) as {
  otsu: { name: string; pixels: number[]; threshold: number }[];
};

describe('otsuThreshold', () => {
  it.each(golden.otsu)('divides 8-bit pixels as OpenCV: $name', ({ pixels, threshold }) => {
    const level = otsuThreshold(Uint8Array.from(pixels))!;
    expect(pixels.map((value) => value >= level)).toEqual(pixels.map((value) => value > threshold));
  });

  it('does not depend on scale or offset', () => {
    const { pixels } = golden.otsu[0]!;
    const level = otsuThreshold(Float32Array.from(pixels))!;
    const moved = otsuThreshold(Float32Array.from(pixels, (value) => value / 8 - 300))!;
    expect(moved).toBeCloseTo(level / 8 - 300, 9);
  });

  it('overlooks what is not finite', () => {
    expect(otsuThreshold(Float32Array.of(NaN, 0, 1, Infinity, 9, 10, -Infinity))).toBe(otsuThreshold(Float32Array.of(0, 1, 9, 10)));
  });

  it('is none for equal values', () => {
    expect(otsuThreshold(Float32Array.of(3, 3, NaN))).toBeUndefined();
  });
});
