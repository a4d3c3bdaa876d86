import { inflateSync } from 'node:zlib';
import { featureMapGrid, type Figure } from '../../src/index.js';
import { sampleFeatureMaps } from '../sample/sampleStatistics.js';
import { select, texts } from './select.js';

/** Width, height and first row of each image, so many columns of it, read back from its PNG (filter "up": the first row is stored as it is). */
const pictures = (figure: Figure, columns = 1) =>
  select(figure, 'image').map((image) => {
    const png = Buffer.from(image.getAttribute('href')!.replace('data:image/png;base64,', ''), 'base64');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const start = png.indexOf('IDAT');
    const row = [...inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)))].slice(1, 1 + width);
    return { width, height, row: row.filter((_, i) => i % (width / columns) === 0) };
  });

/** `[image 2][slice 3][row 1][column 2][channel 2]`: counts up. */
const counting = { layer: 'conv', data: Float32Array.from({ length: 24 }, (_, i) => i), shape: [2, 3, 1, 2, 2] };

describe('featureMapGrid', () => {
  it('has a row for every layer with its name and size, and a map for each of its first channels', () => {
    const figure = featureMapGrid(sampleFeatureMaps(16));
    expect(select(figure, 'image')).toHaveLength(4 * 6 + 4);
    expect(texts(figure)).toEqual(
      expect.arrayContaining(['conv1', '3 × 16 × 16, 64 channels', 'layer4', '1 × 4 × 4, 4 channels', 'channel 6']),
    );
  });

  it('takes the middle slice of the first image, each channel on its own scale', () => {
    const figure = featureMapGrid([counting]);
    expect(pictures(figure, 2).map(({ row }) => row)).toEqual([
      [0, 255],
      [0, 255],
    ]);
    expect(figure.table.rows).toEqual([
      ['conv', '3 × 1 × 2, 2 channels', 1, 4, 5, 6],
      ['conv', '3 × 1 × 2, 2 channels', 2, 5, 6, 7],
    ]);
  });

  it('takes the image, the depth and the count of channels that it is asked for', () => {
    expect(featureMapGrid([counting], { image: 1, depth: 1, channels: 1 }).table.rows).toEqual([
      ['conv', '3 × 1 × 2, 2 channels', 1, 20, 21, 22],
    ]);
    const flat = { ...counting, shape: [2, 3, 2, 2] };
    expect(featureMapGrid([flat], { image: 1, channels: 1 }).table.rows).toEqual([['conv', '3 × 2, 2 channels', 1, 12, 17, 22]]);
  });

  it('draws a map without contrast, and what is no number, black', () => {
    expect(pictures(featureMapGrid([{ layer: 'x', data: [2, 2, 2], shape: [1, 1, 3, 1] }]), 3)[0]!.row).toEqual([0, 0, 0]);
    const holed = featureMapGrid([{ layer: 'x', data: [NaN, 1, 3], shape: [1, 1, 3, 1] }]);
    expect(pictures(holed, 3)[0]!.row).toEqual([0, 0, 255]);
    expect(featureMapGrid([{ layer: 'x', data: [NaN], shape: [1, 1, 1, 1] }]).table.rows).toEqual([
      ['x', '1 × 1, 1 channel', 1, NaN, NaN, NaN],
    ]);
  });

  it('makes a large map no larger than a page shows, and a small one large enough that no renderer blurs it', () => {
    const [large] = pictures(featureMapGrid([{ layer: 'x', data: new Float32Array(500 * 400), shape: [1, 500, 400, 1] }]));
    expect(large).toMatchObject({ width: 134, height: 167 });
    const [small] = pictures(featureMapGrid([{ layer: 'x', data: [0, 1, 2, 3, 4, 5], shape: [1, 2, 3, 1] }]), 3);
    expect(small).toEqual({ width: 96, height: 64, row: [0, 51, 102] });
  });

  it('refuses a layer without maps, and data or an image outside the shape, by name', () => {
    expect(() => featureMapGrid([{ layer: 'fc', data: [1, 2], shape: [1, 2] }])).toThrow(/report\/bad-shape: fc: .*\n.*found \[1, 2\]/);
    expect(() => featureMapGrid([{ ...counting, data: [1] }])).toThrow(/expected 2 x 3 x 1 x 2 x 2 values, found 1/);
    expect(() => featureMapGrid([counting], { image: 2 })).toThrow(/expected an image from 0 to 1, found 2/);
  });
});
