import { narrowToHalves, widenHalves, type HalfType } from '../src/weights/halves.js';
import { golden } from './golden.js';

interface Halves {
  readonly bits: readonly number[];
  readonly F16: readonly number[];
  readonly BF16: readonly number[];
}

const everyHalf = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);

describe.each<HalfType>(['F16', 'BF16'])('%s', (type) => {
  const [{ bits, [type]: expected }] = golden<Halves>('halves') as readonly [Halves];

  it('rounds as PyTorch does: ties, subnormals, what is too large', () => {
    const values = new Float32Array(Uint32Array.from(bits).buffer);
    expect(Array.from(narrowToHalves(values, type))).toEqual(expected);
  });

  it('is undone by widening, for every half there is; a NaN stays one', () => {
    const wide = widenHalves(everyHalf, type);
    const back = narrowToHalves(wide, type);
    expect(everyHalf.filter((half, i) => half !== back[i] && !Number.isNaN(wide[i]))).toHaveLength(0);
    expect(wide.filter(Number.isNaN)).toHaveLength(type === 'F16' ? 2 * 1023 : 2 * 127);
    expect(widenHalves(back, type).filter(Number.isNaN)).toHaveLength(wide.filter(Number.isNaN).length);
  });

  it('keeps a NaN whose bits would round away', () => {
    const values = new Float32Array(Uint32Array.of(0x7f800001, 0xff800001, 0x7fffffff).buffer);
    expect(Array.from(widenHalves(narrowToHalves(values, type), type))).toEqual([NaN, NaN, NaN]);
  });

  it('of a part of a larger array is that part', () => {
    const values = Float32Array.of(9, 1, -2, 9).subarray(1, 3);
    expect(Array.from(widenHalves(narrowToHalves(values, type), type))).toEqual([1, -2]);
  });
});

describe('known halves', () => {
  it('have their values', () => {
    expect(Array.from(widenHalves(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000), 'F16'))).toEqual([
      1,
      -2,
      2 ** -24,
      65504,
      Infinity,
      -0,
    ]);
    expect(Array.from(widenHalves(Uint16Array.of(0x3f80, 0xc2f7), 'BF16'))).toEqual([1, -123.5]);
  });
});
