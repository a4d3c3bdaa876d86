import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identityAffine } from '@mgmt/core';
import { type DicomWorkers, readSeries, startDicomWorkers, writeSeries } from '../src/index.js';
import { startThreads } from '../src/workers/startDicomWorkers.js';
import { counted, newFolder, writeSlices } from './craft.js';
import { element, file, pixelDescription } from './raw.js';

let workers: DicomWorkers;
let folder: string;
beforeAll(async () => {
  workers = await startDicomWorkers({ threads: 2 });
  folder = newFolder();
  await writeSeries(folder, counted([40, 16, 16], identityAffine), { patientId: 'p', seriesDescription: 's' });
});
afterAll(() => workers.close());

describe('startDicomWorkers', () => {
  it('reads what this thread reads, in order', async () => {
    const alone = await readSeries(folder);
    const together = await readSeries(folder, { workers });
    expect([...together.volume.data]).toEqual([...alone.volume.data]);
    expect(together.volume.data.buffer.constructor.name).toBe('SharedArrayBuffer');
  });

  it.each([
    ['shared', () => new Float32Array(new SharedArrayBuffer(4 * 40 * 256))],
    ['not shared', () => new Float32Array(40 * 256)],
  ])('reads into memory that is %s', async (_name, make) => {
    const out = make();
    const { volume } = await readSeries(folder, { workers, out });
    expect(volume.data).toBe(out);
    expect(Array.from(out)).toEqual(Array.from({ length: out.length }, (_, i) => i));
  });

  it('divides the frames of one file among themselves', async () => {
    const path = fileURLToPath(new URL('golden/codecs/frames-filled-table-3-fragments.dcm', import.meta.url));
    const alone = await readSeries(path, { allowIrregular: true });
    expect(alone.volume.shape[0]).toBeGreaterThan(2);
    const together = await readSeries(path, { allowIrregular: true, workers });
    expect([...together.volume.data]).toEqual([...alone.volume.data]);
  });

  it('sends back the frames of one file, several at a time', async () => {
    const pixels = Uint16Array.from({ length: 50 }, (_, i) => i);
    const path = join(newFolder(), 'frames.dcm');
    const description = pixelDescription({ frames: 25, rows: 1, columns: 2, bits: 16 });
    writeFileSync(path, file([...description, element(0x7fe00010, 'OW', new Uint8Array(pixels.buffer))]));
    const out = new Float32Array(50);
    await readSeries(path, { allowIrregular: true, workers, out });
    expect([...out]).toEqual([...pixels]);
  });

  it('tells the error of a file as this thread does', async () => {
    const cut = newFolder();
    const paths = await writeSeries(cut, counted([9, 16, 16], identityAffine), { patientId: 'p', seriesDescription: 's' });
    truncateSync(paths[5]!, 1000);
    const alone = await readSeries(cut).catch((error: unknown) => error);
    await expect(readSeries(cut, { workers })).rejects.toEqual(alone);
  });

  it('names the file at which a thread died, and starts another', async () => {
    const crashing = await startThreads({ filename: fileURLToPath(new URL('./crashingWorker.mjs', import.meta.url)) }, 1);
    const slices = writeSlices([1, 2, 3].map((instance) => ({ instance })));
    await expect(readSeries(slices, { workers: crashing })).rejects.toMatchObject({
      code: 'dicom-io/worker-crashed',
      where: join(slices, '001.dcm'),
    });
    await expect(readSeries(slices, { workers: crashing })).rejects.toMatchObject({ code: 'dicom-io/worker-crashed' });
    await crashing.close();
  });
});
