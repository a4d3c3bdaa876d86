import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRsnaCohort } from '@mgmt/cohort';
import { emptyFolder } from '../../cohort/test/folders.js';
import { goodCohort, SPOILS } from '../../cohort/test/validate/badCohort.js';
import { recordedLook } from '../src/lookAtCohort.js';
import type { Progress } from '../src/progress.js';

/** A look, and whether it was taken now. */
async function look(root: string, cache: string) {
  const phases: string[] = [];
  const progress: Progress = { phase: (name, total) => void phases.push(`${name}: ${total}`), at: () => {}, say: () => {}, end: () => {} };
  return { found: await recordedLook(await readRsnaCohort(root), cache, progress, new AbortController().signal), phases };
}

describe('recordedLook', () => {
  it('records what the page shows: counts, and the cases of which something is wrong', async () => {
    const cohort = await goodCohort(['00000', '00001', '00002']);
    await SPOILS['a dark series']![1](cohort, '00001');
    const { found, phases } = await look(cohort.root, await emptyFolder());
    expect(phases).toEqual(['looking at the data: 3']);
    expect(found.counts).toMatchObject({ cases: 3, withFindings: 1, series: 6, masks: 3 });
    expect(found.cases).toEqual([
      { id: '00001', findings: [{ code: 'dark', kind: 'inconsistent', of: 'FLAIR', sentence: 'all voxels are 0' }] },
    ]);
  });

  it('is taken once while nothing changes, and anew when something does', async () => {
    const [{ root, series }, cache] = [await goodCohort(['00000', '00001']), await emptyFolder()];
    const first = await look(root, cache);
    expect(await look(root, cache)).toEqual({ found: first.found, phases: [] });
    await rm(join(series('00001', 'FLAIR'), 'Image-3.dcm'));
    const { found, phases } = await look(root, cache);
    expect([found.counts.withFindings, phases.length]).toEqual([1, 1]);
  });

  it.each([
    ['that is torn', '{"counts":'],
    ['of another form', '{"counts":{},"cases":[]}'],
  ])('does not believe a record %s', async (_name, content) => {
    const [{ root }, cache] = [await goodCohort(['00000', '00001']), await emptyFolder()];
    const first = await look(root, cache);
    const [name] = await readdir(join(cache, 'looks'));
    await writeFile(join(cache, 'looks', name!), content);
    expect(await look(root, cache)).toEqual({ found: first.found, phases: ['looking at the data: 2'] });
  });
});
