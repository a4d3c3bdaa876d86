import { cp, rename, rm, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { asExternal, cohortFingerprint, readRsnaCohort } from '../../src/index.js';
import { emptyFolder, write } from '../folders.js';
import { goodCohort } from './badCohort.js';

describe('cohortFingerprint', () => {
  it('stays while nothing changes, for a cohort that is moved, and for one called external', async () => {
    const { root } = await goodCohort(['00000', '00001']);
    const before = await cohortFingerprint(await readRsnaCohort(root));
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(await cohortFingerprint(await readRsnaCohort(root))).toBe(before);
    expect(await cohortFingerprint(asExternal(await readRsnaCohort(root)))).toBe(before);
    const moved = join(await emptyFolder(), 'moved');
    await rename(root, moved);
    expect(await cohortFingerprint(await readRsnaCohort(moved))).toBe(before);
  });

  it.each<[string, (root: string) => Promise<unknown>]>([
    ['a slice is gone', (root) => rm(join(root, 'train/00001/FLAIR/Image-3.dcm'))],
    ['a slice is shorter', (root) => truncate(join(root, 'train/00001/T1wCE/Image-3.dcm'), 500)],
    ['a mask was touched', (root) => utimes(join(root, 'masks/BraTS2021_00000_seg.nii.gz'), 1, 1)],
    ['a mask is gone', (root) => rm(join(root, 'masks/BraTS2021_00000_seg.nii.gz'))],
    ['a label is another', (root) => write(root, { 'train_labels.csv': 'BraTS21ID,MGMT_value\n00000,1\n00001,1\n' })],
    ['a case has joined', (root) => cp(join(root, 'train/00001'), join(root, 'test/00002'), { recursive: true })],
  ])('changes where %s', async (_name, change) => {
    const { root } = await goodCohort(['00000', '00001']);
    const before = await cohortFingerprint(await readRsnaCohort(root));
    await change(root);
    expect(await cohortFingerprint(await readRsnaCohort(root))).not.toBe(before);
  });

  it('marks a series that cannot be read, and goes on', async () => {
    const { root, series } = await goodCohort(['00000']);
    const cohort = await readRsnaCohort(root);
    const before = await cohortFingerprint(cohort);
    await rm(series('00000', 'FLAIR'), { recursive: true });
    const gone = await cohortFingerprint(cohort);
    expect(gone).not.toBe(before);
    expect(await cohortFingerprint(cohort)).toBe(gone);
  });

  it('stops when it is asked to', async () => {
    const { root } = await goodCohort(['00000']);
    await expect(cohortFingerprint(await readRsnaCohort(root), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});
