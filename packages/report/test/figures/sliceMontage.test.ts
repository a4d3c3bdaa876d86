import { inflateSync } from 'node:zlib';
import { sliceMontage, type Figure } from '../../src/index.js';
import { select, texts } from './select.js';

const ramp = { name: 'ramp', data: Float32Array.from({ length: 3 * 2 * 4 }, (_, i) => i / 23), shape: [3, 2, 4] as const };

/** First pixel row of each image, read back from its PNG (filter "up": the first row is stored as it is). */
const firstRows = (figure: Figure) =>
  select(figure, 'image').map((image) => {
    const png = Buffer.from(image.getAttribute('href')!.replace('data:image/png;base64,', ''), 'base64');
    const columns = png.readUInt32BE(16);
    const start = png.indexOf('IDAT');
    return [...inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)))].slice(1, 1 + columns);
  });

describe('sliceMontage', () => {
  it('has an image and a number for every slice', () => {
    const figure = sliceMontage([ramp]);
    expect(select(figure, 'image')).toHaveLength(3);
    expect(texts(figure)).toEqual(expect.arrayContaining(['1', '2', '3']));
  });

  it('draws the values of the slice that was asked for', () => {
    const expected = [16, 17, 18, 19].map((i) => Math.round((255 * i) / 23));
    expect(firstRows(sliceMontage([{ ...ramp, slices: [2] }]))).toEqual([expected]);
  });

  it('clips to the range, and draws what is not a number black', () => {
    const data = [NaN, -5, 100, 300];
    expect(firstRows(sliceMontage([{ name: 'x', data, shape: [1, 1, 4], range: [0, 200] }]))).toEqual([[0, 0, 128, 255]]);
  });

  it('puts the patient’s right on the left of an axial image, front on top', () => {
    expect(texts(sliceMontage([{ ...ramp, slices: [0] }]))).toEqual(['R', 'L', 'A', 'P', '1']);
  });

  it('takes the letters of a sagittal series from its axes', () => {
    const sagittal = { ...ramp, axes: ['L', 'I', 'P'] as const, slices: [0] };
    expect(texts(sliceMontage([sagittal]))).toEqual(['A', 'P', 'S', 'I', '1']);
  });

  it('keeps the shape of anatomy when rows and columns are not equally far apart', () => {
    const image = select(sliceMontage([{ ...ramp, spacingMm: [3, 1], slices: [0] }]), 'image')[0]!;
    expect(Number(image.getAttribute('height')) / Number(image.getAttribute('width'))).toBeCloseTo((2 * 3) / 4, 2);
  });

  it('says which slice or array does not fit', () => {
    expect(() => sliceMontage([{ ...ramp, slices: [3] }])).toThrow(/report\/bad-shape: ramp: .*\n.*a slice from 0 to 2, found 3/);
    expect(() => sliceMontage([{ ...ramp, shape: [3, 2, 5] }])).toThrow(/expected 3 x 2 x 5 values, found 24/);
  });

  it('names the series where there are several', () => {
    expect(
      texts(
        sliceMontage([
          { ...ramp, slices: [0] },
          { ...ramp, name: 'other', slices: [1] },
        ]),
      ),
    ).toEqual(expect.arrayContaining(['ramp · 1', 'other · 2']));
  });
});
