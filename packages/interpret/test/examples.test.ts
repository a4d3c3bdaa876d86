import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import * as nn from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import * as interpret from '../src/index.js';
import { smallNetwork } from './plantedSquare.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const image = { data: Float32Array.from({ length: 256 }, (_, i) => Math.sin(i)), shape: [1, 16, 16, 1] };
const attention = { data: new Float32Array(2 * 25).fill(0.2), shape: [1, 2, 5, 5] };

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
  let names: Readonly<Record<string, unknown>>;
  let network: tf.LayersModel;
  let transformer: tf.LayersModel;
  beforeAll(async () => {
    await nn.selectBackend();
    network = smallNetwork({ grid: [16, 16], square: [1, 1] }, 1);
    transformer = smallTransformer();
    names = {
      ...interpret,
      tf,
      selectBackend: nn.selectBackend,
      network,
      transformer,
      image,
      batches: () => [image, image, image, image],
      first: attention,
      second: attention,
      rollout: await interpret.attentionRollout([attention]),
      console: { log: () => undefined },
    };
  });
  afterAll(() => [network, transformer].forEach((model) => model.dispose()));

  it('are there for every function that is more than a choice', () => {
    const functions = Object.keys(interpret).filter((name) => !name.startsWith('class'));
    expect(examples.map(({ name }) => name).sort()).toEqual(['README', ...functions].sort());
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
    for (const [value, comment] of claims) expectClaim(value, comment);
    expect(claims).toHaveLength(checks);
    expect(checks).toBeGreaterThan(name === 'README' ? 6 : 0);
  });
});

/** Imports taken out, and each `expression; // what it is` handed to `claim`. */
function runnable(code: string): { body: string; checks: number } {
  let checks = 0;
  const lines = code
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .map((line) => {
      const [, expression, comment] = /^((?!const )[^/]+); \/\/ (.*)$/.exec(line) ?? [];
      if (expression === undefined || comment === undefined) return line;
      checks++;
      return `claim(${expression}, ${JSON.stringify(comment)});`;
    });
  return { body: lines.join('\n'), checks };
}

/** A comment begins with the value; what follows a colon explains. */
function expectClaim(value: unknown, comment: string): void {
  const plain = typeof value === 'object' && value !== null && 'buffer' in value ? [...(value as Float32Array)] : value;
  expect(plain).toEqual(JSON.parse(comment.split(':')[0]!.replaceAll("'", '"')));
}

/** A class token and 2 x 2 patches of 8 x 8. */
function smallTransformer(): tf.LayersModel {
  const x = nn.input([16, 16, 1]);
  const tokens = nn.dense(nn.patches(x, { patch: 8 }), 6);
  const all = new nn.ClassToken().apply(tokens) as tf.SymbolicTensor;
  const seen = nn.multiHeadAttention(all, { heads: 2, headDim: 3, name: 'attention' });
  return nn.model(x, nn.dense(nn.flatten(nn.firstToken(seen)), 1));
}
