import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identityAffine } from '@mgmt/core';
import * as dicomIo from '../src/index.js';
import { counted, sliceBytes, writeSlices } from './craft.js';
import { dicomdirBytes, oneSeries } from './dicomdir/craftDicomdir.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const head = counted([24, 64, 64], identityAffine);
const bytes = sliceBytes({
  more: [
    [0x00180081, 'DS', '90'],
    [0x00190010, 'LO', 'SIEMENS MR HEADER'],
    [0x0019100c, 'IS', '1000'],
    [0x00100010, 'PN', 'Doe^Jane'],
  ],
});
const names = {
  ...dicomIo,
  bytes,
  dataSet: dicomIo.parseDataSet(bytes, 'Image-1.dcm', { identifying: true }),
  fetch: () => Promise.resolve(new Response(new Uint8Array(bytes))),
  folders: ['train/00042/T1wCE', 'study'],
  head,
  readFile,
  console: { log: () => undefined },
};

/** The README's examples, and those of each doc comment, by where they stand. */
const readme = [...readFileSync(join(packageFolder, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
const sources = readdirSync(join(packageFolder, 'src'), { recursive: true }).filter((file) => String(file).endsWith('.ts'));
const comments = sources.flatMap((file) => [
  ...readFileSync(join(packageFolder, 'src', String(file)), 'utf8').matchAll(
    /@example\n([\s\S]*?)\*\/\n *(?:export )?(?:async )?(?:function )?(\w+)/g,
  ),
]);
const examples = [
  ...readme.map(([, code = '']) => ({ name: 'README', code })),
  ...comments.map(([, code = '', name = '']) => ({ name, code: code.replaceAll(/^ +\* ?/gm, '') })),
];

describe('examples', () => {
  const before = process.cwd();
  beforeAll(async () => {
    process.chdir(mkdtempSync(join(tmpdir(), 'dicom-examples-')));
    await dicomIo.writeSeries('train/00042/T1wCE', head, { patientId: '00042', seriesDescription: 'T1wCE' });
    writeSlices([{ instance: 1 }, { instance: 2 }], 'study');
    writeSlices([{ instance: 1 }, { instance: 2 }], '00042');
    const times = Array.from({ length: 10 }, (_, time) => time + 1);
    writeSlices(
      times.flatMap((time) =>
        [1, 2].map((place) => ({
          instance: 2 * time + place,
          position: [0, 0, place],
          more: [[0x00200100, 'IS', String(time)]],
        })),
      ),
      'functional',
    );
    writeFileSync('Image-1.dcm', bytes);
    const color = {
      more: [
        [0x00280002, 'US', 3],
        [0x00280004, 'CS', 'RGB'],
        [0x7fe00010, 'OW', new Uint8Array(36)],
      ] as const,
    };
    writeFileSync('screenshot.dcm', sliceBytes(color));
    writeFileSync(
      'ct.dcm',
      sliceBytes({
        more: [
          [0x00281052, 'DS', '-1024'],
          [0x00281053, 'DS', '1'],
        ],
      }),
    );
    mkdirSync('disc');
    writeFileSync('disc/DICOMDIR', dicomdirBytes(oneSeries('I1', 'I2')));
    for (const instance of [1, 2]) writeFileSync(`disc/I${instance}`, sliceBytes({ instance }));
  });
  afterAll(() => process.chdir(before));

  it('are there for every function', () => {
    const functions = Object.keys(dicomIo).filter((name) => name !== 'DataSet');
    expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining([...functions, 'README']));
  });

  it.each(examples)(
    'run, and give what they say: $name',
    async ({ code }) => {
      const { body, claimed } = runnable(code);
      const claims: [unknown, string][] = [];
      const taken = Object.keys(names).filter((key) => !new RegExp(`const (${key}\\b|{[^}]*\\b${key}\\b)`).test(code));
      const values = taken.map((key) => names[key as keyof typeof names]);
      const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
        ...parts: string[]
      ) => (...given: unknown[]) => Promise<void>;
      await new AsyncFunction('claim', ...taken, body)((value: unknown, claim: string) => claims.push([value, claim]), ...values);
      expect(claims).toHaveLength(claimed);
      for (const [value, claim] of claims) expectClaim(value, claim);
    },
    60_000,
  ); // threads compile the sources, each for itself

  it('say something that can be checked: the README more than ten times', () => {
    expect(readme.reduce((sum, [, code = '']) => sum + runnable(code).claimed, 0)).toBeGreaterThan(10);
  });
});

/** Imports taken out, and each `expression; // what it is`, a constant's too, handed to `claim`. */
function runnable(code: string): { body: string; claimed: number } {
  let claimed = 0;
  const lines = code
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .map((line) => {
      const [, name, expression, comment] = /^(?:const (\w+) = )?((?!const |for )[^/]+); \/\/ (.*)$/.exec(line) ?? [];
      if (expression === undefined || comment === undefined) return line;
      claimed++;
      return name ? `${line}\nclaim(${name}, ${JSON.stringify(comment)});` : `claim(${expression}, ${JSON.stringify(comment)});`;
    });
  return { body: lines.join('\n'), claimed };
}

/** A comment begins with the value, the name of its class, or the names of its parts; what follows a colon explains. */
function expectClaim(value: unknown, comment: string): void {
  const claim = comment.split(':')[0]!;
  if (/^\w+Array$/.test(claim)) expect((value as object).constructor.name).toBe(claim);
  else if (/^(undefined|true|false)$/.test(claim)) expect(String(value)).toBe(claim);
  else if (/^\[[a-z, ]+\]$/.test(claim)) expect(value).toHaveLength(claim.split(',').length);
  else if (/^[[\d'-]/.test(claim)) expect(value).toEqual(JSON.parse(claim.replaceAll("'", '"')));
  else expect(value).toBeDefined();
}
