import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRsnaCohort } from '@mgmt/cohort';
import { emptyFolder } from '../../cohort/test/folders.js';
import { goodCohort, noise } from '../../cohort/test/validate/badCohort.js';
import { recordedLook } from '../src/lookAtCohort.js';
import { planFile, readPlan, writePlan, writePredictions, writeRun } from '../src/records.js';
import { resnet10Seeds } from '../src/studies/resnet10Seeds.js';
import { writeReport } from '../src/writeReport.js';
import { invented, inventedPlan } from './invented.js';

const MANUFACTURERS = [
  ['markup', '<script>alert("hostile")</script>', 'other'],
  ['markup after a known name', 'SIEMENS <img src=x onerror=hostile()>', 'Siemens'],
  ['a formula of a spreadsheet', '=HYPERLINK("http://hostile.example","GE")', 'other'],
  ['a patient', 'made for ROE^HOSTILE', 'other'],
  ['a name that every object has', '__proto__ hostile', 'other'],
] as const;

const SILENT = { phase: () => {}, at: () => {}, say: () => {}, end: () => {} };

/** A results folder with the record of a look at scans whose headers say this. */
async function reported(manufacturer: string) {
  const cohort = await goodCohort(['00000', '00001']);
  const texts = { manufacturer, patientId: 'hostile id', seriesDescription: 'hostile series' };
  await cohort.rewrite('00001', 'FLAIR', noise('of the hostile'), texts);
  const out = await emptyFolder();
  const lookAgain = async () => recordedLook(await readRsnaCohort(cohort.root), join(out, 'cache'), SILENT, new AbortController().signal);
  const look = await lookAgain();
  const record = invented(0);
  const { run, epochs, predictions } = record;
  const plan = inventedPlan([record]);
  await writePlan(out, { ...plan, cohort: { ...plan.cohort, look } });
  const folder = join(out, run.study, run.run);
  await writeRun(folder, run);
  await writePredictions(folder, predictions);
  await writeFile(join(folder, 'metrics.jsonl'), epochs.map((epoch) => JSON.stringify(epoch) + '\n').join(''));
  await writeReport(out, [resnet10Seeds]);
  return { out, look, lookAgain, scan: join(cohort.series('00001', 'FLAIR'), 'Image-1.dcm') };
}

async function filesBelow(folder: string): Promise<{ name: string; text: string }[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Promise.all(entries.map(async ({ parentPath, name }) => ({ name, text: await readFile(join(parentPath, name), 'utf8') })));
}

describe('what a header says of the maker of the scanner', () => {
  it.each(MANUFACTURERS)('stays out of records and page: %s', async (_name, manufacturer, vendor) => {
    const { out, look, scan } = await reported(manufacturer);
    expect(await readFile(scan, 'utf8')).toContain(manufacturer); // the file is hostile indeed
    expect(Object.keys(look.counts.vendors).sort()).toEqual(['GE', vendor].sort());
    const files = await filesBelow(out);
    const names = files.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['plan.json', 'results.json', 'summary.md', 'index.html']));
    expect(names.filter((name) => name.endsWith('.csv')).length).toBeGreaterThan(5);
    expect(files.filter(({ text }) => /hostile/i.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('is refused where a plan holds it as a vendor, whoever wrote it', async () => {
    const { out } = await reported('GE MEDICAL SYSTEMS');
    const path = planFile(out, resnet10Seeds.name);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"GE":', '"<b>hostile</b>":'));
    await expect(readPlan(out, resnet10Seeds.name)).rejects.toMatchObject({ code: 'experiments/bad-record', where: path });
  });

  it('is not believed where an earlier look holds it as a vendor: the look is taken anew', async () => {
    const { out, look, lookAgain } = await reported('GE MEDICAL SYSTEMS');
    const looks = join(out, 'cache/looks');
    const path = join(looks, (await readdir(looks))[0]!);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"GE":', '"<b>hostile</b>":'));
    expect(await lookAgain()).toEqual(look);
  });
});
