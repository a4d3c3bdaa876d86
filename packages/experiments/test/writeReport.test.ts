import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePlan, writePredictions, writeRun } from '../src/records.js';
import { resnet10Seeds } from '../src/studies/resnet10Seeds.js';
import { writeReport } from '../src/writeReport.js';
import { invented, inventedPlan } from './invented.js';

/** A results folder of three runs, one of which failed. */
async function results(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'report-'));
  const records = [0, 1, 2].map((seed) => invented(seed));
  await writePlan(out, inventedPlan(records));
  for (const [i, { run, epochs, predictions }] of records.entries()) {
    const folder = join(out, run.study, run.run);
    await writeRun(folder, i === 2 ? { ...run, status: 'failed', error: 'training/loss-not-finite: epoch 2' } : run);
    await writePredictions(folder, predictions);
    await writeFile(join(folder, 'metrics.jsonl'), epochs.map((epoch) => JSON.stringify(epoch) + '\n').join(''));
  }
  return out;
}

describe('writeReport', () => {
  it('writes page, numbers, summary and figures from the run folders alone', async () => {
    const out = await results();
    const page = await readFile(await writeReport(out, [resnet10Seeds]), 'utf8');
    expect((await readdir(join(out, 'report'))).sort()).toEqual(['figures', 'index.html', 'results.json', 'summary.md']);
    expect((await readdir(join(out, 'report/figures'))).length).toBeGreaterThanOrEqual(7);
    expect(page).toContain('2 networks have a mean AUC');
    const numbers = JSON.parse(await readFile(join(out, 'report/results.json'), 'utf8'));
    expect(numbers.studies[0]).toMatchObject({
      name: 'resnet10-seeds',
      profile: 'quick',
      missing: [{ run: 'quick-seed2', reason: 'training/loss-not-finite: epoch 2' }],
    });
  });

  it('gives the same bytes for the same records', async () => {
    const out = await results();
    const once = await readFile(await writeReport(out, [resnet10Seeds]), 'utf8');
    expect(await readFile(await writeReport(out, [resnet10Seeds]), 'utf8')).toBe(once);
  });

  it('lists the cases that were set aside with their reasons, markup in them shown and not obeyed', async () => {
    const page = await readFile(await writeReport(await results(), [resnet10Seeds]), 'utf8');
    expect(page).toContain('dicom-io/truncated-pixel-data');
    expect(page).toContain('&lt;b&gt;ends&lt;/b&gt;');
    expect(page).not.toContain('<b>ends</b>');
  });

  it('says what to do where there is nothing to report', async () => {
    const out = await mkdtemp(join(tmpdir(), 'report-'));
    await expect(writeReport(out, [resnet10Seeds])).rejects.toMatchObject({ code: 'experiments/nothing-to-report', where: out });
  });
});
