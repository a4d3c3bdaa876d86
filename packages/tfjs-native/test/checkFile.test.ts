import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkIntegrity, checkWheel } from '../src/checkFile.js';
import { failureOf, fileOf, scratch } from './fixtures.js';

const bytes = Buffer.from('the wheel');
const pin = fileOf('a.whl', bytes);

function file(content: Buffer): string {
  const path = join(scratch(), 'a.whl');
  writeFileSync(path, content);
  return path;
}

describe('checkWheel', () => {
  it('takes the pinned file', async () => {
    await expect(checkWheel(file(bytes), pin)).resolves.toBeUndefined();
  });

  it('says that a shorter file was cut short, with both sizes', async () => {
    const failure = await failureOf(checkWheel(file(bytes.subarray(0, 4)), pin));
    expect(failure).toMatchObject({ code: 'truncated', message: expect.stringMatching(/expected 9 bytes, found 4/) });
  });

  it('refuses a file of the right size with other bytes', async () => {
    expect((await failureOf(checkWheel(file(Buffer.from('tHe wheel')), pin))).code).toBe('hash-mismatch');
  });

  it('says that a file is not there', async () => {
    expect((await failureOf(checkWheel('/nowhere/a.whl', pin))).code).toBe('not-found');
  });
});

describe('checkIntegrity', () => {
  it('knows sha512 as npm writes it', async () => {
    // printf 'the wheel' | openssl dgst -sha512 -binary | base64 -w0
    const integrity = 'sha512-XutXWxFVWNS2hr+fPv/cWsEppbPjcNoT5uwqbCnsyFGghwhzN6ZLox7pX6Ak/XQITLSvVKpHUMWSHN8ljltlbQ==';
    await expect(checkIntegrity(file(bytes), integrity)).resolves.toBeUndefined();
    expect((await failureOf(checkIntegrity(file(Buffer.from('other')), integrity))).code).toBe('hash-mismatch');
  });
});
