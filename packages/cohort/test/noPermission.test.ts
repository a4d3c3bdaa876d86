import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { casePipeline } from '@mgmt/preprocess';
import {
  openArrayCache,
  prepareArrays,
  readBrats2020,
  readExternalCohort,
  readRsnaCohort,
  type SetAside,
  validateCohort,
} from '../src/index.js';
import { writeBratsCase } from './bratsTree.js';
import { emptyFolder, write } from './folders.js';
import { goodCohort } from './validate/badCohort.js';

/** Does something while a file or folder may not be read. Root may read everything, and is somebody else meanwhile. */
async function forbidden<T>(path: string, work: () => Promise<T>): Promise<T> {
  const isRoot = process.getuid!() === 0;
  await chmod(path, 0);
  if (isRoot) process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid!(0);
    await chmod(path, 0o755);
  }
}

const NOBODY = 65_534;

/** Lets everybody into a folder, and through that of all tests, in which it lies. */
async function opened(folder: string): Promise<string> {
  await chmod(folder, 0o777);
  const scratch = process.env['MGMT_TEST_SCRATCH'];
  if (scratch) await chmod(scratch, 0o711);
  return folder;
}

const reasons = (setAside: readonly SetAside[]) => setAside.map(({ id, reason }) => `${id} ${reason.split(':')[0]}`);
const pipeline = casePipeline({ inputs: [['FLAIR']], steps: [{ step: 'toAxial' }], layout: { as: 'volume' } });

(process.getuid ? describe : describe.skip)('without permission', () => {
  it('a case is set aside, by the reader of every layout', async () => {
    const { root } = await goodCohort(['00000', '00001']);
    await opened(root);
    const rsna = await forbidden(join(root, 'train/00001'), () => readRsnaCohort(root));
    expect([rsna.train.map(({ id }) => id), reasons(rsna.setAside)]).toEqual([['00000'], ['00001 cohort/cannot-read']]);

    const brats = await opened(await emptyFolder());
    for (const i of [1, 2]) await writeBratsCase(brats, `BraTS20_Training_00${i}`, i);
    const unlabeled = await forbidden(join(brats, 'BraTS20_Training_001'), () => readBrats2020(brats));
    expect([unlabeled.cases.length, reasons(unlabeled.setAside)]).toEqual([1, ['BraTS20_Training_001 cohort/cannot-read']]);

    const hospital = await write(await opened(await emptyFolder()), { 'l.csv': 'id,label\na,0\nb,1\n', 'a/FLAIR/': '', 'b/FLAIR/': '' });
    const read = () => readExternalCohort(hospital, { table: join(hospital, 'l.csv'), columns: { id: 'id', label: 'label' } });
    const external = await forbidden(join(hospital, 'b'), read);
    expect([external.cases.map(({ id }) => id), reasons(external.setAside)]).toEqual([['a'], ['b cohort/cannot-read']]);
  });

  it.each([
    ['a series', 'train/00001/FLAIR', 'cohort/cannot-read-series', 'FLAIR cannot-read'],
    ['a file', 'train/00001/FLAIR/Image-2.dcm', 'dicom-io/cannot-read', 'FLAIR cannot-read'],
    ['a mask', 'masks/BraTS2021_00001_seg.nii.gz', undefined, 'mask cannot-read'],
  ])('%s is set aside, and found', async (_name, place, code, finding) => {
    const { root } = await goodCohort(['00000', '00001']);
    await opened(root);
    const cohort = await readRsnaCohort(root);
    const cache = openArrayCache(await opened(await emptyFolder()));
    const [prepared, report] = await forbidden(join(root, place), async () => [
      await prepareArrays(cache, cohort.train, pipeline),
      await validateCohort(cohort),
    ]);
    expect(reasons(prepared.setAside)).toEqual(code ? [`00001 ${code}`] : []);
    expect(report.cases.map(({ findings }) => findings.map((one) => `${one.of} ${one.code}`))).toEqual([[], [finding]]);
  });

  it('labels cannot be read, which is an error', async () => {
    const { root } = await goodCohort(['00000']);
    await opened(root);
    await expect(forbidden(join(root, 'train_labels.csv'), () => readRsnaCohort(root))).rejects.toThrow(
      /cohort\/cannot-read-labels: .*EACCES/,
    );
  });
});
