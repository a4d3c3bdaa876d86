import { join } from 'node:path';
import { writeNifti } from '@mgmt/nifti-io';
import { readCaseSeries, readCaseVolume, seriesFormat } from '../src/index.js';
import { emptyFolder, smallHead, writeHead } from './folders.js';

describe('readCaseSeries', () => {
  it('gives one volume from DICOM files and from NIfTI', async () => {
    const root = await emptyFolder();
    await writeHead(join(root, 'T1wCE'), 1);
    const dicom = await readCaseSeries(join(root, 'T1wCE'));
    for (const name of ['a.nii', 'a.nii.gz']) {
      await writeNifti(join(root, name), dicom);
      expect(await readCaseSeries(join(root, name))).toEqual(dicom);
    }
    expect(dicom.data).toEqual(smallHead(1).data);
  });

  it('names the series that a case does not have', async () => {
    await expect(readCaseVolume({ id: '00042', series: { T2w: 'x' } }, 'FLAIR')).rejects.toThrow(
      /cohort\/no-such-series: 00042: the case has no FLAIR series\n {2}found T2w/,
    );
  });
});

describe('seriesFormat', () => {
  it.each([
    ['train/00042/T1wCE', 'dicom'],
    ['multiframe.dcm', 'dicom'],
    ['x_t1.nii.gz', 'nifti'],
    ['x_t1.NII', 'nifti'],
    ['x_t1.img.gz', 'nifti'],
    ['my.nii.folder', 'dicom'],
  ] as const)('takes %s for %s', (path, format) => {
    expect(seriesFormat(path)).toBe(format);
  });
});
