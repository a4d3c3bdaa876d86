import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newestFinishedRun, readRecord, readRun, writePredictions, writeRun } from '../src/records.js';
import { invented } from './invented.js';

const folder = () => mkdtemp(join(tmpdir(), 'records-'));

describe('the record of a run', () => {
  it('comes back as it was written, with curves and predictions', async () => {
    const { run, epochs, predictions } = invented(0);
    const place = await folder();
    await writeRun(place, run);
    await writePredictions(place, predictions);
    await writeFile(join(place, 'metrics.jsonl'), epochs.map((epoch) => JSON.stringify(epoch) + '\n').join(''));
    expect(await readRecord(place)).toEqual({ folder: place, run, epochs, predictions });
  });

  it('is nothing where there is none, and where the run is not done', async () => {
    const place = await folder();
    expect(await readRecord(place)).toBeUndefined();
    await writeRun(place, { ...invented(0).run, status: 'failed' });
    expect(await readRecord(place)).toBeUndefined();
  });

  it('is refused with its place where it is none of ours', async () => {
    const place = await folder();
    await writeFile(join(place, 'run.json'), '{"status": "done"}');
    await expect(readRun(place)).rejects.toMatchObject({ code: 'experiments/bad-record', where: join(place, 'run.json') });
  });
});

describe('newestFinishedRun', () => {
  it('passes over runs that are not done and folders that are no runs', async () => {
    const out = await folder();
    const at = (name: string, changes: object) => writeRun(join(out, 'resnet10-seeds', name), { ...invented(0).run, ...changes });
    await at('old', { finishedAt: '2026-01-01T00:00:00.000Z' });
    await at('new', { finishedAt: '2026-02-01T00:00:00.000Z' });
    await at('broken', { finishedAt: '2026-03-01T00:00:00.000Z', status: 'failed' });
    await writeFile(join(out, 'run.json'), 'no json');
    expect(await newestFinishedRun(out)).toBe(join(out, 'resnet10-seeds', 'new'));
    expect(await newestFinishedRun(join(out, 'nowhere'))).toBeUndefined();
  });
});
