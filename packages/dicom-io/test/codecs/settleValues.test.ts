import { settleValues, type Coding } from '../../src/pixels/codecs/settleValues.js';
import { storedArray } from '../../src/pixels/storedArray.js';
import { pixelFormat } from './pixelFormat.js';

const exact = (precision: number): Coding => ({ precision, lossy: false });
const inexact = (precision: number): Coding => ({ precision, lossy: true });
const of16 = { bitsAllocated: 16, bitsStored: 12 };

describe('settleValues', () => {
  it.each([
    ['extends the sign of samples as wide as are stored', exact(12), { ...of16, signed: true }, [0x0fff, 0x0800, 5], [-1, -2048, 5]],
    ['extends the sign of samples narrower than are stored', exact(10), { ...of16, signed: true }, [0x03ff, 0x01ff], [-1, 511]],
    ['leaves samples that fill the array', exact(16), { bitsAllocated: 16, bitsStored: 16, signed: true }, [-5, 32767], [-5, 32767]],
    ['clears an overlay above the stored bits', exact(16), of16, [0xf123, 0x0fff], [0x0123, 0x0fff]],
    ['clears what lies on both sides of the stored bits', exact(16), { ...of16, highBit: 13 }, [0x8007, 0x3ffc], [1, 0x0fff]],
    ['does not shift samples that are no whole pixel cells', exact(12), { ...of16, highBit: 15 }, [0x0fff], [0x0fff]],
    ['moves inexact samples to the end of the range', inexact(16), of16, [5000, 4095, 0], [4095, 4095, 0]],
    ['moves inexact signed samples to the ends of the range', inexact(16), { ...of16, signed: true }, [2050, -2050, -1], [2047, -2048, -1]],
    ['extends the sign of inexact samples', inexact(12), { ...of16, signed: true }, [0x0fff], [-1]],
  ])('%s', (_, coding, members, samples, expected) => {
    const format = pixelFormat({ rows: 1, columns: samples.length, ...members });
    const values = storedArray(format, samples.length);
    values.set(samples);
    settleValues(values, coding, format);
    expect(Array.from(values)).toEqual(expected);
  });
});
