import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openArrayCache, phantomConfig, readRsnaCohort, writePhantomCohort } from '@mgmt/cohort';
import * as modelsCnn from '@mgmt/models-cnn';
import * as nn from '@mgmt/nn';
import * as training from '@mgmt/training';
import type * as tf from '@tensorflow/tfjs';
import * as simclr from '../src/index.js';
import { smallConfig, smallEncoder, waves } from './smallEncoders.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The README's example, and those of each doc comment, by where they stand. */
const examples = [
  { name: 'README', code: /```ts\n([\s\S]*?)```/.exec(readFileSync(join(packageFolder, 'README.md'), 'utf8'))![1]! },
  ...readdirSync(join(packageFolder, 'src')).flatMap((file) =>
    [
      ...readFileSync(join(packageFolder, 'src', file), 'utf8').matchAll(/@example\n([\s\S]*?) \*\/\nexport (?:async )?function (\w+)/g),
    ].map(([, code = '', name = '']) => ({ name, code: code.replaceAll(/^ \* ?/gm, '') })),
  ),
];

describe('examples', () => {
  const before = process.cwd();
  let names: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    await nn.selectBackend();
    process.chdir(mkdtempSync(join(tmpdir(), 'simclr-examples-')));
    await writePhantomCohort('phantom', { ...phantomConfig({ cases: 2, testCases: 0, shape: [8, 16, 16] }) });
    const encoder = smallEncoder();
    const labeled = { ids: ['a', 'b'], labels: [0, 1], shape: [8, 8, 20], batchSize: 2, load: async () => new Float32Array(1280) };
    const slices = { ...waves(8), slices: waves(8).ids.map((_, i) => ({ modality: ['FLAIR', 'T1w'][i % 2] })) };
    names = {
      ...nn,
      ...modelsCnn,
      ...training,
      ...simclr,
      encoder,
      slices,
      pretrainingConfig: { ...simclr.pretrainingConfig, batchSize: 4, training: { ...smallConfig.training, epochs: 1 } },
      transferConfig: { ...simclr.transferConfig, training: { ...simclr.transferConfig.training, epochs: 1 } },
      training: training.arrayBatches(labeled),
      validation: training.arrayBatches(labeled),
      rocAuc: () => 0.5,
      openArrayCache,
      readBrats2020: async () => ({ cases: (await readRsnaCohort('phantom', {})).train }),
      variables: nn.trainableVariables(encoder),
      model: encoder,
      views: await firstViews(),
    };
  });
  afterAll(() => process.chdir(before));

  it('are there for the functions that are called first', () => {
    const shown = examples.map(({ name }) => name);
    expect(shown).toEqual(expect.arrayContaining(['README', 'pretrain', 'transfer', 'pretrainingSlices', 'embed', 'ntXent', 'encoderOf']));
  });

  it.each(examples)('run, and give what they say: $name', async ({ name, code }) => {
    const { body, checks } = runnable(code);
    const claims: [unknown, string][] = [];
    const taken = Object.keys(names).filter((key) => !new RegExp(`const (${key}\\b|{[^}]*\\b${key}\\b|\\[[^\\]]*\\b${key}\\b)`).test(code));
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...given: unknown[]) => Promise<void>;
    const claim = (value: unknown, comment: string) => claims.push([value, comment]);
    await new AsyncFunction('claim', ...taken, body)(claim, ...taken.map((key) => names[key]));
    for (const [value, comment] of claims) expect(value).toEqual(JSON.parse(comment.split(':')[0]!));
    expect(claims).toHaveLength(checks);
    expect(checks).toBeGreaterThanOrEqual(name === 'README' ? 2 : 0);
  });
});

async function firstViews(): Promise<tf.Tensor> {
  for await (const { inputs } of simclr.twoViews(waves(8), smallConfig).batches(1)) return inputs as tf.Tensor;
  throw new Error('there is no batch');
}

/** Imports and types taken out, and each `expression; // value` handed to `claim`. */
function runnable(code: string): { body: string; checks: number } {
  let checks = 0;
  const lines = code
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .map((line) => {
      const plain = line.replaceAll(/(\w+): number(?=[,)])/g, '$1').replaceAll(/ as const\b/g, '');
      const [, expression, comment] = /^((?!const )[^/]+); \/\/ (-?[\d.]+.*)$/.exec(plain) ?? [];
      if (expression === undefined || comment === undefined) return plain;
      checks++;
      return `claim(${expression}, ${JSON.stringify(comment)});`;
    });
  return { body: lines.join('\n'), checks };
}
