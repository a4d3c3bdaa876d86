import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSafetensors, selectBackend, toPytorchTensors, type LayersModel, type WeightTensor } from '@mgmt/nn';
import { loadPytorch } from '@mgmt/nn/files';
import * as tf from '@tensorflow/tfjs';
import { densenet, densenet121Config, efficientnet, efficientnetB0Config, resnet, resnet10Config, resnet18Config } from '../src/index.js';
import { sineInput } from './fillRule.js';

interface LibraryFile {
  readonly library: 'torchvision' | 'timm' | 'MONAI';
  readonly network: keyof typeof NETWORKS;
  /** Of the library, in its order. */
  readonly names: readonly string[];
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly input: readonly number[];
  readonly outputs: readonly (readonly number[])[];
}

const { floor, imul, log2 } = Math; // globals are slow in Jest's realm

const photograph = { spatial: [64, 64], channels: 3, classes: 1000 } as const;
const NETWORKS = {
  resnet18: () => resnet({ ...resnet18Config, ...photograph }),
  densenet121: () => densenet({ ...densenet121Config, ...photograph }),
  efficientnet_b0: () => efficientnet({ ...efficientnetB0Config, ...photograph, padding: 'symmetric', normEpsilon: 1e-5 }),
  resnet10: () => resnet({ ...resnet10Config, spatial: [16, 32, 32], classes: 2, width: 8, stemStride: 2 }),
};

const { cases } = JSON.parse(readFileSync(new URL('golden/libraryFiles.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly LibraryFile[];
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'library-files-'));
  await selectBackend();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(cases)('a file of $network of $library', ({ network: name, names, sizeBytes, sha256, input, outputs }) => {
  let network: LayersModel;
  let file: Uint8Array;
  beforeAll(() => {
    network = NETWORKS[name]();
    file = fileByRule(network, names);
  });
  afterAll(() => network.dispose());

  it('is written to the last byte as the safetensors package in Python writes it', () => {
    expect(file).toHaveLength(sizeBytes);
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
  });

  it('gives our network the outputs that it has there', async () => {
    const path = join(folder, `${name}.safetensors`);
    await writeFile(path, file);
    const weights = await loadPytorch(network, path, { sha256 });
    expect(weights).toMatchObject({ missing: [], unexpected: [], misshapen: [], sha256 });
    expect(weights.loaded).toHaveLength(names.length);
    const found = tf.tidy(() => (network.predict(sineInput(input)) as tf.Tensor2D).arraySync());
    const largest = Math.max(...outputs.flat().map(Math.abs));
    outputs.forEach((row, i) => row.forEach((value, k) => expect(Math.abs(found[i]![k]! - value) / largest).toBeLessThan(1e-4)));
  });
});

/** The file of the rule in tools/golden/models_cnn_library_files.py, for a network under a library's names. */
function fileByRule(network: LayersModel, names: readonly string[]): Uint8Array {
  const shapes = [...toPytorchTensors(network).values()].map(({ shape }) => shape);
  expect(shapes).toHaveLength(names.length);
  const floats = names.map((name, i) => ({ name, shape: shapes[i]! })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const tensors = new Map<string, WeightTensor>();
  for (const { name } of floats.filter(({ name: one }) => one.endsWith('.running_var'))) {
    tensors.set(name.replace(/running_var$/, 'num_batches_tracked'), { shape: [], data: BigInt64Array.of(0n) }); // sorts as running_var does
  }
  floats.forEach(({ name, shape }, k) => tensors.set(name, { shape, data: numbers(k, name, shape) }));
  return encodeSafetensors(tensors, { format: 'pt' });
}

function numbers(k: number, name: string, shape: readonly number[]): Float32Array {
  const data = new Float32Array(tf.util.sizeFromShape([...shape]));
  const [scale, offset] = spread(name, shape);
  for (let i = 0; i < data.length; i++) {
    let x = i + imul(k + 1, 0x9e3779b1);
    x = imul(x ^ (x >>> 16), 0x85ebca6b);
    x = imul(x ^ (x >>> 13), 0xc2b2ae35);
    x ^= x >>> 16;
    data[i] = offset + (scale * (2 * (x >>> 24) - 255)) / 256; // exact in float32
  }
  return data;
}

function spread(name: string, shape: readonly number[]): readonly [scale: number, offset: number] {
  if (/\.(running_mean|bias)$/.test(name)) return [1 / 8, 0];
  if (name.endsWith('.running_var')) return [1 / 2, 3 / 2];
  if (shape.length === 1) return [1 / 4, 1];
  const fanIn = shape.slice(1).reduce((product, n) => product * n, 1);
  return [2 ** floor(0.5 * log2(6 / fanIn) + 0.5), 0];
}
