import { cp, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { seriesFingerprint } from '../../src/cache/seriesFingerprint.js';
import { emptyFolder, write } from '../folders.js';

/** Two files of one second of 1970. */
async function series(first: string, second: string): Promise<string> {
  const folder = await write(await emptyFolder(), { 'Image-1.dcm': first, 'Image-2.dcm': second });
  for (const name of ['Image-1.dcm', 'Image-2.dcm']) await utimes(join(folder, name), 1, 1);
  return folder;
}

describe('seriesFingerprint', () => {
  it('counts files and bytes', async () => {
    expect(await seriesFingerprint(await series('aa', 'bbb'))).toMatchObject({ files: 2, sizeBytes: 5 });
  });

  it('tells series apart whose names, sizes and times are equal, by the start of the first file', async () => {
    expect((await seriesFingerprint(await series('uid 1', 'x'))).hash).not.toBe((await seriesFingerprint(await series('uid 2', 'x'))).hash);
  });

  it('stays the same when the folder is moved with its times', async () => {
    const folder = await series('uid 1', 'x');
    const elsewhere = join(await emptyFolder(), 'moved');
    await cp(folder, elsewhere, { recursive: true, preserveTimestamps: true });
    expect(await seriesFingerprint(elsewhere)).toEqual(await seriesFingerprint(folder));
  });

  it('sees files in folders below', async () => {
    const folder = await series('uid 1', 'x');
    const before = await seriesFingerprint(folder);
    await write(folder, { 'more/Image-3.dcm': 'y' });
    expect(await seriesFingerprint(folder)).toMatchObject({ files: before.files + 1 });
  });

  it('names a folder that is gone', async () => {
    await expect(seriesFingerprint(join(await emptyFolder(), 'gone'))).rejects.toThrow(
      /cohort\/cannot-read-series: .*gone: the series cannot be read \(ENOENT\)/,
    );
  });
});
