import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readNifti, readNiftiHeader } from '../src/index.js';
import { changed, goldenOf } from './golden.js';

const folder = mkdtempSync(join(tmpdir(), 'nifti-header-'));
let files = 0;
const headerOf = (bytes: Uint8Array, config?: { identifying: boolean }) => readNiftiHeader(written(bytes), config);
function written(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.nii`);
  writeFileSync(path, bytes);
  return path;
}

describe('readNiftiHeader', () => {
  it('gives text that may identify the patient only to who asks', async () => {
    const { file } = goldenOf('units unknown, t test');
    expect(JSON.stringify(await headerOf(file))).not.toMatch(/doe|jane/i);
    expect((await headerOf(file, { identifying: true })).texts).toEqual({
      description: 'Doe^Jane 1970-01-01',
      auxiliaryFile: 'jane.doe',
      intentName: 'jane',
      databaseName: 'Jane Doe',
    });
    const second = await headerOf(goldenOf('int8, big endian, version 2').file, { identifying: true });
    expect(second.texts).toEqual({ description: 'Doe^Jane 1970-01-01', auxiliaryFile: 'jane.doe', intentName: '', databaseName: '' });
  });

  it.each([
    ['micrometers', [2, 3, 4], undefined],
    ['meters, by voxel sizes', [2, 3, 4], undefined],
    ['a time series', [2, 3, 4], 1.5],
    ['two extensions', [1, 1, 1], undefined],
    ['one axis', [1], undefined],
  ])('gives sizes in mm and times in seconds: %s', async (name, voxelSizesMm, timeStepS) => {
    const header = await headerOf(goldenOf(name).file);
    header.voxelSizesMm.forEach((size, i) => expect(size).toBeCloseTo(voxelSizesMm[i]!, 6)); // pixdim is float32
    expect(header.voxelSizesMm).toHaveLength(voxelSizesMm.length);
    expect(header.timeStepS).toBe(timeStepS);
  });

  it.each([
    [8, 1500],
    [16, 1.5],
    [24, 0.0015],
  ])('knows the unit of time of code %d', async (code, timeStepS) => {
    const bytes = changed((header) => header.setUint8(123, 2 + code), 'a time series'); // of 1,500 ms
    expect((await headerOf(bytes)).timeStepS).toBeCloseTo(timeStepS, 9);
  });

  it('gives no time where the unit of the fourth axis is none of time', async () => {
    const bytes = changed((header) => header.setUint8(123, 2 + 40), 'a time series');
    expect(await headerOf(bytes)).toMatchObject({ timeStepS: undefined, units: { space: 'mm', time: 'ppm' } });
  });

  it.each([
    ['a label map of int64', { code: 1002, name: 'label', parameters: [0, 0, 0] }],
    ['a vector field', { code: 1007, name: 'vector', parameters: [0, 0, 0] }],
    ['units unknown, t test', { code: 3, name: 't test', parameters: [7, 0, 0] }],
    ['scaled', { code: 0, name: 'none', parameters: [0, 0, 0] }],
  ])('names the intent: %s', async (name, intent) => {
    expect((await headerOf(goldenOf(name).file)).intent).toEqual(intent);
  });

  it('says how numbers are scaled', async () => {
    expect((await headerOf(goldenOf('scaled').file)).scaling).toEqual({ slope: 0.5, intercept: -3.25 });
    expect((await headerOf(goldenOf('a slope that is no number').file)).scaling).toBeUndefined();
    expect((await headerOf(changed((h) => h.setFloat32(112, 0, true)))).scaling).toBeUndefined();
  });

  it('needs no voxels', async () => {
    expect((await headerOf(changed(() => undefined).subarray(0, 348))).extents).toEqual([2, 3, 4]);
  });

  it('inflates no more of gzip than it needs: damage further on is not its matter', async () => {
    const noise = Uint8Array.from({ length: 2 ** 20 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
    const packed = gzipSync(Buffer.concat([goldenOf('two extensions').file, noise]));
    packed.fill(0, Math.floor(packed.length / 2));
    expect((await headerOf(packed)).extensionCount).toBe(2);
  });
});

describe('the extensions of a header', () => {
  const name = 'two extensions'; // of 32 or 48 bytes, from byte 352
  const sized = (size: number, littleEndian = true) => changed((header) => header.setInt32(352, size, littleEndian), name);

  it.each([
    ['as many as there are', goldenOf(name).file, 2],
    ['none behind a size of 0', sized(0), 0],
    ['none where none is announced', changed((header) => header.setUint8(348, 0), name), 0],
    ['in gzip', gzipSync(goldenOf(name).file), 2],
  ])('are counted: %s', async (_case, bytes, count) => {
    expect((await headerOf(bytes)).extensionCount).toBe(count);
  });

  it.each([
    ['a negative size', sized(-16)],
    ['the most negative size', sized(-(2 ** 31))],
    ['a size smaller than an extension', sized(8)],
    ['a size past the voxels', sized(2 ** 30)],
    ['the largest size', sized(2 ** 31 - 1)],
    ['a size in the other byte order', sized(48, false)],
  ])('are refused with %s, and the voxels read without them', async (_case, bytes) => {
    const path = written(bytes);
    await expect(readNiftiHeader(path)).rejects.toThrow(/nifti-io\/bad-extension: .*: esize, byte 352: extension 0(.|\n)*expected 16 to/);
    expect([...(await readNifti(path)).data]).toEqual(goldenOf(name).stored);
  });

  it('are walked in no time, be there a million', async () => {
    const bytes = new Uint8Array(352 + 16 * 10 ** 6);
    bytes.set(changed((header) => header.setFloat32(108, bytes.length, true), name).subarray(0, 352));
    const view = new DataView(bytes.buffer);
    for (let at = 352; at < bytes.length; at += 16) view.setInt32(at, 16, true);
    expect((await headerOf(bytes)).extensionCount).toBe(10 ** 6);
  });
});
