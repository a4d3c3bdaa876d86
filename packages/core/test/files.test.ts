import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLine, readLines, writeFileAtomic } from '../src/files.js';

const folder = () => mkdtemp(join(tmpdir(), 'core-files-'));

describe('writeFileAtomic', () => {
  it('makes the folders on the way and leaves nothing beside the file', async () => {
    const path = join(await folder(), 'a/b/c.txt');
    await writeFileAtomic(path, [Uint8Array.of(0x7a, 0x65), new Uint8Array(0), Uint8Array.of(0x72, 0x6f)]);
    expect(await readFile(path, 'utf8')).toBe('zero');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(join(path, '..'))).toEqual(['c.txt']);
  });

  it('asks for a piece when the one before is written, and keeps the old file where one cannot be made', async () => {
    const path = join(await folder(), 'pieces');
    await writeFileAtomic(path, 'old');
    async function* pieces(fails: boolean) {
      yield Uint8Array.of(0x61);
      const [temporary] = (await readdir(join(path, '..'))).filter((name) => name.endsWith('.tmp'));
      expect(await readFile(join(path, '..', temporary!), 'utf8')).toBe('a');
      if (fails) throw new RangeError('no second piece');
      yield Uint8Array.of(0x62);
    }
    await expect(writeFileAtomic(path, pieces(true))).rejects.toThrow(new RangeError('no second piece'));
    expect(await readdir(join(path, '..'))).toEqual(['pieces']);
    expect(await readFile(path, 'utf8')).toBe('old');
    await writeFileAtomic(path, pieces(false));
    expect(await readFile(path, 'utf8')).toBe('ab');
  });

  it('keeps one whole content where many write at once', async () => {
    const path = join(await folder(), 'x');
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(100_000));
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    expect(contents).toContain(await readFile(path, 'utf8'));
  });

  it('says why a file cannot be written, and where', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(writeFileAtomic(join(file, 'below'), 'x')).rejects.toMatchObject({
      code: 'core/cannot-write',
      where: join(file, 'below'),
    });
  });
});

describe('JSON lines', () => {
  it('come back in order, without a last line that was torn', async () => {
    const path = join(await folder(), 'log.jsonl');
    await appendLine(path, { epoch: 1 });
    await appendLine(path, { epoch: 2 });
    await writeFile(path, (await readFile(path, 'utf8')) + '{"epo');
    expect(await readLines(path)).toEqual([{ epoch: 1 }, { epoch: 2 }]);
  });

  it('are none where there is no file', async () => {
    expect(await readLines(join(await folder(), 'none'))).toEqual([]);
  });
});
