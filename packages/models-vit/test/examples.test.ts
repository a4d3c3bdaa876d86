import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { volume } from '@mgmt/core';
import * as nn from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import * as modelsVit from '../src/index.js';

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
  let images: tf.Tensor;
  let network: tf.LayersModel;
  beforeAll(async () => {
    await nn.selectBackend();
    process.chdir(mkdtempSync(join(tmpdir(), 'vit-examples-')));
    const vitTable5Config = { ...modelsVit.vitTable5Config, dim: 16, headDim: 4, mlpDim: 8 }; // of two hundred million parameters, half a million
    network = modelsVit.vit({ ...vitTable5Config, spatial: [64, 256, 256] });
    await writeFile('vit.safetensors', nn.encodeSafetensors(nn.toPytorchTensors(network)));
    images = tf.zeros([2, 64, 256, 256, 1]);
    const head = volume(
      Int16Array.from({ length: 64 * 64 * 64 }, (_, i) => i % 97),
      [64, 64, 64],
    );
    names = { ...modelsVit, ...nn, vitTable5Config, network, readFile, images, volume: head, readSeries: async () => ({ volume: head }) };
  });
  afterAll(() => {
    process.chdir(before);
    tf.dispose(images);
    network.dispose();
  });

  it('are there for every function', () => {
    const functions = Object.entries(modelsVit).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    expect(examples.map(({ name }) => name).sort()).toEqual(['README', ...functions].sort());
  });

  it.each(examples)('run, and give what they say: $name', async ({ name, code }) => {
    const { body, checks } = runnable(code);
    const claims: [unknown, string][] = [];
    const taken = Object.keys(names).filter((key) => !new RegExp(`const (${key}\\b|{[^}]*\\b${key}\\b)`).test(code));
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...given: unknown[]) => Promise<void>;
    const claim = (value: unknown, comment: string) => claims.push([value, comment]);
    await new AsyncFunction('claim', ...taken, body)(claim, ...taken.map((key) => names[key]));
    for (const [value, comment] of claims) expect(value).toEqual(JSON.parse(comment.split(':')[0]!));
    expect(claims).toHaveLength(checks);
    expect(checks).toBe(name === 'README' ? 3 : 0);
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
