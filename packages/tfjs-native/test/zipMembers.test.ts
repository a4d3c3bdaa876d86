import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { extractZipMembers } from '../src/zipMembers.js';
import { failureOf, scratch, zip, type Member } from './fixtures.js';

const library: Member = { name: 'tensorflow/lib.so.2', content: Buffer.alloc(300_000, 'abcdefg'), executable: true };
const header: Member = { name: 'tensorflow/include/c_api.h', content: '#pragma once\n' };
const script: Member = { name: 'tensorflow/python/big.py', content: 'pass\n' };

function archive(members: readonly Member[], cut?: number): { path: string; out: string } {
  const folder = scratch();
  writeFileSync(join(folder, 'a.whl'), zip(members).subarray(0, cut));
  return { path: join(folder, 'a.whl'), out: join(folder, 'out') };
}

describe('extractZipMembers', () => {
  it('writes the wanted members, byte for byte, and no others', async () => {
    const { path, out } = archive([library, script, header]);
    const members = await extractZipMembers(path, out, (name) => !name.endsWith('.py'));
    expect(members).toEqual([
      { name: library.name, sizeBytes: 300_000 },
      { name: header.name, sizeBytes: 13 },
    ]);
    expect(readFileSync(join(out, library.name))).toEqual(library.content);
    expect(readFileSync(join(out, header.name), 'utf8')).toBe(header.content);
    expect(existsSync(join(out, script.name))).toBe(false);
  });

  it('keeps what may be executed', async () => {
    const { path, out } = archive([library, header]);
    await extractZipMembers(path, out, () => true);
    expect([library, header].map(({ name }) => statSync(join(out, name)).mode & 0o111)).toEqual([0o111 & ~process.umask(), 0]);
  });

  it('notices a member whose bytes are not those that were packed', async () => {
    const { path, out } = archive([{ ...header, crc: 0x12345678 }]);
    expect(await failureOf(extractZipMembers(path, out, () => true))).toMatchObject({
      code: 'broken-wheel',
      message: expect.stringContaining('c_api.h'),
    });
  });

  it.each([10, 300, -30])('notices an archive cut at byte %d', async (cut) => {
    const { path, out } = archive([library, header], cut);
    expect((await failureOf(extractZipMembers(path, out, () => true))).code).toBe('broken-wheel');
  });

  it('refuses names that climb out of the folder', async () => {
    const { path, out } = archive([{ name: '../evil', content: 'x' }]);
    expect((await failureOf(extractZipMembers(path, out, () => true))).code).toBe('broken-wheel');
    expect(existsSync(join(out, '..', 'evil'))).toBe(false);
  });
});
