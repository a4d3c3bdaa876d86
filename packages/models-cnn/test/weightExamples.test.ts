import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as nn from '@mgmt/nn';
import * as files from '@mgmt/nn/files';
import { resnet, resnet18Config } from '../src/index.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = join(root, 'packages/nn/src/weights');

/** Code of a page, in its order, as one example. */
const pageCode = (page: string) => [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code).join('\n');
const readmeSection = (title: string) =>
  readFileSync(join(root, 'packages/nn/README.md'), 'utf8').split(`## ${title}\n`)[1]!.split('\n## ')[0]!;

const examples = [
  { name: 'docs/weights.md', code: pageCode(readFileSync(join(root, 'docs/weights.md'), 'utf8')), claims: 4 },
  { name: 'README of @mgmt/nn', code: pageCode(readmeSection('Weight files')), claims: 2 },
  ...readdirSync(sources).flatMap((file) =>
    [...readFileSync(join(sources, file), 'utf8').matchAll(/@example\n([\s\S]*?) \*\/\nexport (?:async )?function (\w+)/g)].map(
      ([, code = '', name = '']) => {
        return { name, code: code.replaceAll(/^ \* ?/gm, ''), claims: undefined };
      },
    ),
  ),
];

describe('examples of weight files', () => {
  const before = process.cwd();
  let given: Record<string, unknown>;
  let folder: string;
  beforeAll(async () => {
    await nn.selectBackend();
    folder = mkdtempSync(join(tmpdir(), 'weight-examples-'));
    process.chdir(folder);
    mkdirSync('weights');
    const trained = resnet({ ...resnet18Config, spatial: [32, 32], channels: 3, classes: 1000 });
    for (const path of ['weights/resnet18.tv_in1k.safetensors', 'resnet18.tv_in1k.safetensors', 'model.safetensors']) {
      await files.savePytorch(trained, path);
    }
    trained.dispose();
    const network = smallNetwork();
    await files.saveModel(network, 'saved');
    const bytes = nn.encodeSafetensors(new Map([['fc.bias', { shape: [2], data: Float32Array.of(0.5, -1) }]]));
    given = { ...nn, ...files, resnet, resnet18Config, network, bytes };
  }, 60_000);
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  it('are there for every function that reads or writes them', () => {
    const functions = [...Object.keys(files), 'encodeSafetensors', 'decodeSafetensors', 'adaptStem'];
    expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(functions));
  });

  it.each(examples)('run, and give what they say: $name', async ({ name, code, claims }) => {
    if (name === 'loadPytorch') given['network'] = resnet({ ...resnet18Config, spatial: [32, 32] });
    else if (!name.startsWith('docs')) given['network'] = smallNetwork();
    const body = code
      .replaceAll(/^import .*\n/gm, '')
      .replaceAll(
        /^((?!const |await |\w+\()[^/\n]+); \/\/ (.*)$/gm,
        (_, value: string, comment: string) => `claim(${value}, ${JSON.stringify(comment)});`,
      );
    const taken = Object.keys(given).filter((key) => !new RegExp(`const (${key}\\b|{[^}]*\\b${key}\\b)`).test(code));
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...values: unknown[]) => Promise<void>;
    const claimed: [unknown, string][] = [];
    await new AsyncFunction('claim', ...taken, body)(
      (value: unknown, comment: string) => claimed.push([value, comment]),
      ...taken.map((key) => given[key]),
    );
    for (const [value, comment] of claimed) {
      if (/^[[\d]/.test(comment)) expect(value).toEqual(JSON.parse(comment.replaceAll("'", '"')));
      else expect(value).toBeDefined();
    }
    if (claims !== undefined) expect(claimed).toHaveLength(claims);
  });
});

/** The network of the README's first example, smaller. */
function smallNetwork() {
  const x = nn.input([8, 8, 8, 1]);
  const y = nn.relu(nn.batchNorm(nn.conv(x, 8, { kernel: 3, bias: false, name: 'conv1' }), { name: 'bn1' }));
  return nn.model(x, nn.dense(nn.globalAveragePool(y), 1, { name: 'fc' }));
}
