import { readAllSeries, readSeries, scanSeries } from '../../src/index.js';
import { type Slice, writeSlices } from '../craft.js';

/** Two volumes of three slices in the same places. */
const twice = (describe: (volume: number, slice: number) => Partial<Slice>): Slice[] =>
  [0, 1].flatMap((v) => [0, 1, 2].map((k) => ({ instance: 1 + k + 3 * v, position: [0, 0, k], value: 10 * v + k, ...describe(v, k) })));

const valuesOf = async (slices: readonly Slice[]) =>
  (await readAllSeries(writeSlices(slices))).volumes.map(({ volume }) => [...new Set(Array.from(volume.data))]);

describe('several volumes in a folder', () => {
  it('are refused by readSeries, which says what there is', async () => {
    const folder = writeSlices(twice(() => ({ more: [[0x0008103e, 'LO', 'EPI']] })));
    await expect(readSeries(folder)).rejects.toThrow(/dicom-io\/several-volumes(.|\n)*found 2: 2 of MR 'EPI' 3 x 2 x 3 at 1 x 1 x 1 mm/);
  });

  it.each([
    ['temporal position', 0x00200100],
    ['echo time', 0x00180081],
    ['acquisition number', 0x00200012],
    ['trigger time', 0x00181060],
  ])('in one place are told apart by %s', async (_name, tag) => {
    // instance numbers run slice by slice, so that they alone would tell the same; the second volume is listed first
    const slices = twice((v, k) => ({ instance: 1 + v + 2 * k, more: [[tag, 'DS', String(2 - v)]] }));
    expect(await valuesOf(slices)).toEqual([
      [10, 11, 12],
      [0, 1, 2],
    ]);
  });

  it('in one place are told apart by image type: magnitude and phase', async () => {
    // at every other place the phase has the smaller instance number
    const slices = twice((v, k) => ({
      instance: 2 * k + Number(v === k % 2),
      more: [[0x00080008, 'CS', `ORIGINAL\\PRIMARY\\${v ? 'P' : 'M'}`]],
    }));
    expect(await valuesOf(slices)).toEqual([
      [0, 1, 2],
      [10, 11, 12],
    ]);
  });

  it('stay whole when one of them lacks a slice', async () => {
    const slices = twice((v) => ({ more: [[0x00200100, 'IS', String(v)]] })).filter((_, i) => i !== 0);
    expect(await valuesOf(slices)).toEqual([
      [1, 2],
      [10, 11, 12],
    ]);
  });

  it('in one place and alike in all else are told apart by instance number', async () => {
    expect(await valuesOf(twice(() => ({})).reverse())).toEqual([
      [0, 1, 2],
      [10, 11, 12],
    ]);
  });

  it('an acquisition number for each slice tears no volume apart', async () => {
    const slices = [0, 1, 2].map((k) => ({ instance: k, more: [[0x00200012, 'IS', String(k)]] as const }));
    expect(await valuesOf(slices)).toEqual([[0, 1, 2]]);
    expect(await valuesOf(twice((v, k) => ({ more: [[0x00200012, 'IS', String(k + 3 * v)]] })))).toEqual([
      [0, 1, 2],
      [10, 11, 12],
    ]);
  });

  it.each([
    ['series', { series: '1.9' }],
    ['orientation', { orientation: [0, 1, 0, 0, 0, -1] }],
    ['matrix', { rows: 4 }],
    ['pixel spacing', { more: [[0x00280030, 'DS', '2\\2']] }],
    ['photometric interpretation', { more: [[0x00280004, 'CS', 'MONOCHROME1']] }],
  ] as const)('are separated by %s', async (_name, other) => {
    const slices = [1, 2].flatMap((k) => [{ instance: k }, { instance: k + 10, position: [k + 0.5, 0, k + 0.5], value: 50 + k, ...other }]);
    const { series } = await scanSeries(writeSlices(slices));
    expect(series.map(({ shape }) => shape[0])).toEqual([2, 2]);
  });

  it('another image in the same place is a volume of its own', async () => {
    expect(await valuesOf([{ instance: 1 }, { instance: 2 }, { instance: 2, sop: '9.9', value: 99 }])).toEqual([[1, 2], [99]]);
  });

  it('one that cannot be read is set aside with its reason, the others are read', async () => {
    const folder = writeSlices([
      { instance: 1 },
      { instance: 2 },
      { series: '1.3', instance: 3, sop: '9.1', more: [[0x00280100, 'US', 64]] },
    ]);
    const { volumes, skipped } = await readAllSeries(folder);
    expect(volumes).toHaveLength(1);
    expect(skipped).toMatchObject([{ error: { code: 'dicom-io/unsupported-pixel-format' } }]);
  });
});
