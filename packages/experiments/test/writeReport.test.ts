import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CohortLook, readPlan, writePlan, writePredictions, writeRun } from '../src/records.js';
import type { Study } from '../src/study.js';
import { resnet10Seeds } from '../src/studies/resnet10Seeds.js';
import { writeReport } from '../src/writeReport.js';
import { invented, inventedPlan } from './invented.js';

/** A results folder of three runs, one of which failed. */
async function results(look?: CohortLook): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'report-'));
  const records = [0, 1, 2].map((seed) => invented(seed));
  const plan = inventedPlan(records);
  await writePlan(out, look ? { ...plan, cohort: { ...plan.cohort, look } } : plan);
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
    expect((await readdir(join(out, 'report'))).sort()).toEqual(['data', 'figures', 'index.html', 'results.json', 'summary.md']);
    expect((await readdir(join(out, 'report/figures'))).length).toBeGreaterThanOrEqual(7);
    expect(await readFile(join(out, 'report/data/auc-forest.csv'), 'utf8')).toContain('seed 1');
    expect(page.length).toBeLessThan(5_000_000);
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

  it('shows what was found of the data when they were looked at, and nothing where they were not', async () => {
    const page = await readFile(await writeReport(await results(LOOK), [resnet10Seeds]), 'utf8');
    const section = page.slice(page.indexOf('<h2 id="cohort">'), page.indexOf('<h2 id="methods">'));
    for (const text of [
      '>The data<',
      '1,234 files',
      'Siemens',
      '>Sagittal<',
      '>Duplicated<',
      '>00007<',
      '>same-image<',
      'the same voxels as 00008 FLAIR',
    ]) {
      expect(section).toContain(text);
    }
    expect(section).not.toContain('00042'); // who was set aside stands under Cases
    expect(await readFile(await writeReport(await results(), [resnet10Seeds]), 'utf8')).not.toContain('id="cohort"');
  });

  it('puts what was found into the numbers too', async () => {
    const out = await results(LOOK);
    await writeReport(out, [resnet10Seeds]);
    const { studies } = JSON.parse(await readFile(join(out, 'report/results.json'), 'utf8'));
    expect(studies[0].data.look).toEqual(LOOK);
  });

  it('shows data that studies share once, and tells several apart by what they are', async () => {
    const out = await results(LOOK);
    const plan = (await readPlan(out, 'resnet10-seeds'))!;
    const findings = { headline: 'Nothing.', detail: '', numbers: [], sections: [], results: {} };
    const study = async (name: string, look: CohortLook, description: string): Promise<Study> => {
      if (name !== plan.study) await cp(join(out, plan.study), join(out, name), { recursive: true });
      await writePlan(out, { ...plan, study: name, cohort: { ...plan.cohort, look, description } });
      return { ...resnet10Seeds, name, findings: () => findings };
    };
    const headings = async (...studies: readonly Study[]) => {
      const page = await readFile(await writeReport(out, studies), 'utf8');
      return [...page.matchAll(/<h2 id="(cohort[^"]*)">([^<]*)</g)].map(([, id, text]) => `${id}: ${text}`);
    };
    const first = await study(plan.study, LOOK, 'the cohort in data');
    const second = await study('second', LOOK, 'the cohort in data');
    const third = await study('third', { ...LOOK, cases: [] }, 'other data');
    expect(await headings(first, second)).toEqual(['cohort: The data']);
    expect(await headings(first, second, third)).toEqual(['cohort-1: The data: the cohort in data', 'cohort-2: The data: other data']);
  });

  it('says what to do where there is nothing to report', async () => {
    const out = await mkdtemp(join(tmpdir(), 'report-'));
    await expect(writeReport(out, [resnet10Seeds])).rejects.toMatchObject({ code: 'experiments/nothing-to-report', where: out });
  });
});

const NOTHING = { missing: 0, unreadable: 0, inconsistent: 0, duplicated: 0 };
const PLANES = { axial: 1, coronal: 0, sagittal: 1 };
const LOOK: CohortLook = {
  counts: {
    cases: 2,
    withFindings: 1,
    series: 8,
    masks: 2,
    files: 1234,
    classes: { 0: 1, 1: 1, unknown: 0 },
    orientations: { FLAIR: PLANES, T1w: PLANES, T1wCE: PLANES, T2w: PLANES },
    findings: { FLAIR: { ...NOTHING, duplicated: 1 }, T1w: NOTHING, T1wCE: NOTHING, T2w: NOTHING, mask: NOTHING },
    vendors: { Siemens: { 0: 1, 1: 1, unknown: 0 } },
  },
  cases: [{ id: '00007', findings: [{ code: 'same-image', kind: 'duplicated', of: 'FLAIR', sentence: 'the same voxels as 00008 FLAIR' }] }],
};
