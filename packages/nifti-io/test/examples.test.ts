import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { volume } from '@mgmt/core';
import * as niftiIo from '../src/index.js';
import { changed, goldenOf } from './golden.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const mask = volume(new Uint8Array(155 * 240 * 240).fill(4, 0, 100), [155, 240, 240]);
const names = { ...niftiIo, volume, readFile, mask };

/** The README's examples, and those of each doc comment, by where they stand. */
const examples = [
  ...[...readFileSync(join(packageFolder, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => ({
    name: 'README',
    code,
  })),
  ...readdirSync(join(packageFolder, 'src')).flatMap((file) =>
    [
      ...readFileSync(join(packageFolder, 'src', file), 'utf8').matchAll(
        /@example\n([\s\S]*?) \*\/\n(?:export )?(?:async )?function (\w+)/g,
      ),
    ].map(([, code = '', name = '']) => ({ name, code: code.replaceAll(/^ \* ?/gm, '') })),
  ),
];

describe('examples', () => {
  const before = process.cwd();
  beforeAll(async () => {
    process.chdir(mkdtempSync(join(tmpdir(), 'nifti-examples-')));
    await niftiIo.writeNifti('BraTS2021_00000_seg.nii.gz', mask);
    writeFileSync('functional.nii', Buffer.concat([functional(), Buffer.alloc(17 * 21 * 3 * 20 * 2)]));
    const { file } = goldenOf('complex64, little endian, version 1');
    writeFileSync('kspace.nii.gz', gzipSync(file));
    const header = changed((h) => h.setFloat32(108, 0, true), 'complex64, little endian, version 1').subarray(0, 352);
    header.set(Buffer.from('ni1'), 344);
    writeFileSync('kspace.hdr', header);
    writeFileSync('kspace.img.gz', gzipSync(file.subarray(352)));
  });
  afterAll(() => process.chdir(before));

  it('are there for every function', () => {
    const functions = Object.keys(niftiIo);
    expect(examples.map(({ name }) => name).sort()).toEqual(['README', ...functions].sort());
  });

  it.each(examples)('run, and give what they say: $name', async ({ name, code }) => {
    const { body, checks } = runnable(code);
    const claims: [unknown, string][] = [];
    const taken = Object.keys(names).filter((key) => !new RegExp(`const (${key}\\b|{[^}]*\\b${key}\\b)`).test(code));
    const values = taken.map((key) => names[key as keyof typeof names]);
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...given: unknown[]) => Promise<void>;
    await new AsyncFunction('claim', ...taken, body)((value: unknown, claim: string) => claims.push([value, claim]), ...values);
    for (const [value, claim] of claims) expectClaim(value, claim);
    expect(claims).toHaveLength(checks);
    if (name === 'README') expect(claims).toHaveLength(11);
  });
});

/** Imports taken out, and each `expression; // what it is` handed to `claim`. */
function runnable(code: string): { body: string; checks: number } {
  let checks = 0;
  const lines = code
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .map((line) => {
      const [, expression, comment] = /^([\w.[\]()]+); \/\/ (.*)$/.exec(line) ?? [];
      if (expression === undefined || comment === undefined) return line;
      checks++;
      return `claim(${expression}, ${JSON.stringify(comment)});`;
    });
  return { body: lines.join('\n'), checks };
}

/** A comment begins with the value, or the name of its class; what follows a colon explains. */
function expectClaim(value: unknown, comment: string): void {
  const claim = comment.split(':')[0]!;
  if (/^\w+Array$/.test(claim)) expect((value as object).constructor.name).toBe(claim);
  else if (claim === 'undefined') expect(value).toBeUndefined();
  else if (/^[[\d'-]/.test(claim)) expect(value).toEqual(JSON.parse(claim.replaceAll("'", '"')));
  else expect(value).toBeDefined();
}

/** A header of 17 x 21 x 3 x 20 voxels of int16, 4 x 4 x 8 mm, 2 s apart. */
function functional(): Uint8Array {
  const header = changed((view) => {
    [4, 17, 21, 3, 20].forEach((n, i) => view.setInt16(40 + 2 * i, n, true));
    [1, 4, 4, 8, 2000].forEach((step, i) => view.setFloat32(76 + 4 * i, step, true));
  }, 'a time series');
  return header.subarray(0, 352);
}
