import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { writePlan, writePredictions, writeRun } from '../src/records.js';
import { resnet10Seeds } from '../src/studies/resnet10Seeds.js';
import { writeReport } from '../src/writeReport.js';
import { invented, inventedPlan } from './invented.js';

const published = JSON.parse(await readFile(new URL('../../../docs/schema/results-1.json', import.meta.url), 'utf8'));
const schema = z.fromJSONSchema(published);

/** `results.json` of a made-up study, over the phantom or over other data. */
async function results(signal?: number) {
  const out = await mkdtemp(join(tmpdir(), 'schema-'));
  const records = [0, 1].map((seed) => invented(seed));
  await writePlan(out, inventedPlan(records, signal));
  for (const { run, epochs, predictions } of records) {
    const folder = join(out, run.study, run.run);
    await writeRun(folder, run);
    await writePredictions(folder, predictions);
    await writeFile(join(folder, 'metrics.jsonl'), epochs.map((epoch) => JSON.stringify(epoch) + '\n').join(''));
  }
  await writeReport(out, [resnet10Seeds]);
  return JSON.parse(await readFile(join(out, 'report/results.json'), 'utf8'));
}

describe('docs/schema/results-1.json', () => {
  it.each([[undefined], [0], [1]])('is what a report with signal %p holds', async (signal) => {
    const found = schema.safeParse(await results(signal));
    expect(found.error?.issues ?? []).toEqual([]);
  });

  it('refuses an estimate without its interval, a study without versions, and another version of itself', async () => {
    const broken = async (change: (found: Awaited<ReturnType<typeof results>>) => void) => {
      const found = await results();
      change(found);
      return schema.safeParse(found).success;
    };
    expect(await broken(() => {})).toBe(true);
    expect(await broken((found) => delete found.studies[0].results.meanAuc.low)).toBe(false);
    expect(await broken((found) => delete found.studies[0].versions)).toBe(false);
    expect(await broken((found) => (found.schemaVersion = 2))).toBe(false);
  });
});
