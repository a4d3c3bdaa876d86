import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import {
  batchNorm,
  concatenate,
  conv,
  dense,
  encodeSafetensors,
  globalAveragePool,
  input,
  loadPytorchTensors,
  model,
  relu,
  toPytorchTensors,
  type LoadOptions,
  type WeightTensor,
} from '../src/index.js';
import { loadPytorch, openSafetensors, savePytorch } from '../src/files.js';
import { golden } from './golden.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'load-pytorch-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const SEQUENTIAL = fileURLToPath(new URL('golden/sequential.safetensors', import.meta.url));

/** The network of `golden/sequential.safetensors`, layers called as in a `Sequential`. */
function sequential() {
  const x = input([12, 12, 3]);
  const first = relu(batchNorm(conv(x, 6, { kernel: 3, stride: 2, padding: 1, name: '0' }), { name: '1' }), { name: '2' });
  const second = relu(batchNorm(conv(first, 8, { kernel: 3, padding: 1, bias: false, name: '3' }), { name: '4' }), { name: '5' });
  return model(x, dense(globalAveragePool(second, { name: '6' }), 4, { name: '8' }));
}

/** A small network whose stem and head are its own. */
function network({ channels = 3, classes = 2, seed = 1, prefix = '' } = {}) {
  const x = input([6, 6, channels], { name: `${prefix}input` });
  const y = batchNorm(conv(x, 4, { kernel: 3, bias: false, seed, name: `${prefix}conv1` }), { name: `${prefix}bn1` });
  const z = conv(y, 5, { kernel: 1, seed, name: `${prefix}layer1.0.conv1` });
  return model(x, dense(globalAveragePool(z), classes, { seed, name: `${prefix}fc` }));
}

const valuesOf = (net: tf.LayersModel) => net.getWeights().map((weight) => Array.from(weight.dataSync()));
const renamed = (tensors: ReadonlyMap<string, WeightTensor>, rename: (name: string) => string) =>
  new Map([...tensors].map(([name, tensor]) => [rename(name), tensor] as const));

onEachBackend(() => {
  it('gives a network that PyTorch saved the outputs that it has there', async () => {
    const net = sequential();
    const weights = await loadPytorch(net, SEQUENTIAL);
    const [{ outputs }] = golden<{ readonly outputs: number[][] }>('sequential') as readonly [{ readonly outputs: number[][] }];
    tf.tidy(() => {
      const values = Float32Array.from({ length: 2 * 3 * 12 * 12 }, (_, j) => Math.sin(0.1 * j));
      const found = net.predict(tf.transpose(tf.tensor(values, [2, 3, 12, 12]), [0, 2, 3, 1])) as tf.Tensor;
      expect(largestDifference(found, tf.tensor(outputs))).toBeLessThan(2e-5); // float32 here, float64 there
    });
    const bytes = await readFile(SEQUENTIAL);
    expect(weights).toEqual({
      file: SEQUENTIAL,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      metadata: { format: 'pt' },
      loaded: [...toPytorchTensors(net).keys()],
      missing: [],
      unexpected: [],
      misshapen: [],
      kept: [],
      prefix: '',
    });
    expect(JSON.parse(JSON.stringify(weights))).toEqual(weights);
    net.dispose();
  });

  it.each(['F32', 'BF16', 'F16'] as const)('carries a network over through a file of %s, and leaves no tensor behind', async (type) => {
    const [from, to] = [network(), network({ seed: 2 })];
    const path = join(folder, 'carried.safetensors');
    await leavesNoTensors(async () => {
      const written = await savePytorch(from, path, { type, metadata: { made: 'here' } });
      expect(await loadPytorch(to, path, { sha256: written.sha256.toUpperCase() })).toMatchObject({
        sha256: written.sha256,
        metadata: { format: 'pt', made: 'here' },
      });
    });
    const tolerance = { F32: 0, BF16: 2 ** -8, F16: 2 ** -11 }[type]; // half a unit in the last place
    const [sent, received] = [valuesOf(from).flat(), valuesOf(to).flat()];
    expect(received.filter((value, i) => Math.abs(value - sent[i]!) > tolerance * Math.abs(sent[i]!) + 2 ** -25)).toEqual([]);
    for (const each of [from, to]) each.dispose();
  });
});

onBackend('cpu', () => {
  /** Loads a network's tensors, changed, into another; both are compared by the caller and freed. */
  const load = (tensors: ReadonlyMap<string, WeightTensor>, to: tf.LayersModel, options?: LoadOptions) =>
    loadPytorchTensors(to, tensors, options);
  const freed = (...nets: tf.LayersModel[]) => nets.forEach((net) => net.dispose());

  it.each(['module.', 'model.', 'net.', 'backbone.', 'module.model.', '_orig_mod.'])(
    'takes %s off the names where the rest fits',
    (prefix) => {
      const [from, to] = [network(), network({ seed: 2 })];
      expect(
        load(
          renamed(toPytorchTensors(from), (name) => prefix + name),
          to,
        ),
      ).toMatchObject({ prefix, missing: [], unexpected: [] });
      expect(valuesOf(to)).toEqual(valuesOf(from));
      freed(from, to);
    },
  );

  it('takes nothing off names that the network has itself', () => {
    const [from, to] = [network({ prefix: 'backbone.' }), network({ prefix: 'backbone.', seed: 2 })];
    expect(load(toPytorchTensors(from), to)).toMatchObject({ prefix: '', missing: [] });
    expect(valuesOf(to)).toEqual(valuesOf(from));
    freed(from, to);
  });

  it('takes no prefix off where two names would become one, and says what does not fit', () => {
    const [from, to] = [network(), network({ seed: 2 })];
    const tensors = toPytorchTensors(from);
    const both = new Map([...tensors, ...renamed(tensors, (name) => `module.${name}`)]);
    expect(() => load(both, to)).toThrow(/module.conv1.weight is unexpected/);
    const oneTwice = renamed(tensors, (name) => `module.${name}`).set('fc.weight', tensors.get('fc.weight')!);
    expect(() => load(oneTwice, to)).toThrow(/conv1.weight is missing/);
    const beside = new Map([...tensors, ['module.extra', tensors.get('fc.bias')!] as const]);
    expect(load(beside, to, { partial: true })).toMatchObject({ prefix: '', unexpected: ['module.extra'] });
    freed(from, to);
  });

  it('loads a wrapped encoder in part, past the head that is beside it', () => {
    const [from, to] = [network(), network({ seed: 2 })];
    const tensors = renamed(toPytorchTensors(from), (name) => `backbone.${name}`);
    tensors.set('projection.0.weight', { shape: [1], data: new Float32Array(1) });
    expect(() => load(tensors, to)).toThrow(/projection.0.weight is unexpected/);
    expect(load(tensors, to, { partial: true })).toMatchObject({ prefix: 'backbone.', unexpected: ['projection.0.weight'], missing: [] });
    expect(valuesOf(to)).toEqual(valuesOf(from));
    freed(from, to);
  });

  it('keeps a head of its own where asked, whatever the file has for it', () => {
    const [from, to] = [network({ classes: 1000 }), network({ classes: 1, seed: 2 })];
    const head = to
      .getLayer('fc')
      .getWeights()
      .map((weight) => Array.from(weight.dataSync()));
    const report = load(toPytorchTensors(from), to, { keep: ['fc'] });
    expect(report).toMatchObject({ kept: ['fc.weight', 'fc.bias'], misshapen: [], unexpected: [], missing: [] });
    expect(
      to
        .getLayer('fc')
        .getWeights()
        .map((weight) => Array.from(weight.dataSync())),
    ).toEqual(head);
    const [sent, received] = [toPytorchTensors(from), toPytorchTensors(to)];
    for (const name of report.loaded) expect(received.get(name)).toEqual(sent.get(name));
    const longer = renamed(toPytorchTensors(from), (name) => name.replace('fc.', 'fc.0.'));
    expect(load(longer, to, { keep: ['fc'] }).unexpected).toEqual([]);
    expect(() => load(toPytorchTensors(from), to, { keep: ['classifier'] })).toThrow(
      /nn\/no-such-module[^]*one of conv1, bn1, layer1, fc, found classifier/,
    );
    freed(from, to);
  });

  it('loads into one branch of a network, and leaves the other', () => {
    const branches = ['branch1.', 'branch2.'].map((prefix) => network({ prefix, seed: 3 }));
    const two = tf.model({
      inputs: branches.map(({ inputs }) => inputs[0]!),
      outputs: concatenate(branches.map(({ outputs }) => outputs[0]!)),
    });
    const from = network();
    const before = toPytorchTensors(two);
    expect(load(toPytorchTensors(from), two, { into: 'branch2' })).toMatchObject({ missing: [], unexpected: [] });
    const after = toPytorchTensors(two);
    for (const [name, tensor] of toPytorchTensors(from)) {
      expect(after.get(`branch2.${name}`)).toEqual(tensor);
      expect(after.get(`branch1.${name}`)).toEqual(before.get(`branch1.${name}`));
    }
    expect(load(toPytorchTensors(from), two, { into: 'branch1', keep: ['fc'] }).kept).toEqual(['branch1.fc.weight', 'branch1.fc.bias']);
    expect(() => load(toPytorchTensors(from), two, { into: 'branch3' })).toThrow(/nn\/no-such-module/);
    freed(from, two);
  });

  it('adapts the first convolution where asked, and no other', () => {
    const [from, gray] = [network(), network({ channels: 1, seed: 2 })];
    const tensors = toPytorchTensors(from);
    expect(() => load(tensors, gray)).toThrow(/conv1.weight is 4 x 3 x 3 x 3, not 4 x 1 x 3 x 3[^]*adaptStem: true/);
    expect(load(tensors, gray, { adaptStem: true })).toMatchObject({ stem: { name: 'conv1.weight', from: 3, to: 1 }, misshapen: [] });
    tf.tidy(() => {
      const image = noise([2, 6, 6, 1], 4);
      const [found, expected] = [gray.predict(image), from.predict(tf.tile(image, [1, 1, 1, 3]))] as [tf.Tensor, tf.Tensor];
      expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    });
    const narrow = new Map(tensors).set('layer1.0.conv1.weight', { shape: [5, 3, 1, 1], data: new Float32Array(15) });
    expect(() => load(narrow, gray, { adaptStem: true })).toThrow(/found layer1.0.conv1.weight is 5 x 3 x 1 x 1/);
    freed(from, gray);
  });

  it('refuses weights that are no floats, and a file of another network altogether', () => {
    const net = network();
    const quantized = toPytorchTensors(net) as Map<string, WeightTensor>;
    quantized.set('fc.bias', { shape: [2], data: Int8Array.of(1, 2) });
    expect(() => load(quantized, net)).toThrow(/nn\/weights-do-not-fit[^]*found fc.bias of type I8[^]*quantized/);
    const other = new Map([['head.weight', { shape: [2], data: new Float32Array(2) }]]);
    expect(() => load(other, net, { partial: true })).toThrow(/nn\/weights-do-not-fit[^]*is missing[^]*of another network/);
    net.dispose();
  });

  it('reads the names of a DenseNet as it was saved before 2018', () => {
    const denseLayer = (seed: number) => {
      const x = input([4, 4, 3]);
      const y = conv(batchNorm(x, { name: 'features.denseblock1.denselayer1.norm1' }), 2, {
        kernel: 1,
        bias: false,
        seed,
        name: 'features.denseblock1.denselayer1.conv1',
      });
      return model(x, dense(globalAveragePool(y), 2, { seed, name: 'classifier' }));
    };
    const [from, to] = [denseLayer(1), denseLayer(2)];
    const old = renamed(toPytorchTensors(from), (name) => name.replace(/(norm|conv)1/, '$1.1'));
    expect([...old.keys()]).toContain('features.denseblock1.denselayer1.norm.1.running_mean');
    expect(load(old, to)).toMatchObject({ missing: [], unexpected: [] });
    expect(valuesOf(to)).toEqual(valuesOf(from));
    freed(from, to);
  });

  it('changes nothing where it throws, from a file as from memory', async () => {
    const net = network();
    const before = valuesOf(net);
    const path = join(folder, 'other.safetensors');
    const tensors = new Map(toPytorchTensors(network({ seed: 2 })));
    await writeFile(path, encodeSafetensors(tensors));
    await expect(loadPytorch(net, path, { sha256: '0'.repeat(64) })).rejects.toThrow(
      /^nn\/other-weights: .*other.safetensors[^]*expected SHA-256 0000/,
    );
    tensors.delete('bn1.bias');
    await writeFile(path, encodeSafetensors(tensors));
    await expect(loadPytorch(net, path)).rejects.toThrow(/^nn\/weights-do-not-fit: .*other.safetensors[^]*bn1.bias is missing/);
    await writeFile(path, Buffer.from('\x80\x02\x8a\nl\xfc\x9cF\xf9 j', 'latin1'));
    await expect(loadPytorch(net, path)).rejects.toThrow(/^nn\/not-safetensors[^]*found a pickle[^]*to_safetensors.py/);
    expect(valuesOf(net)).toEqual(before);
    net.dispose();
  });

  it('is undone by savePytorch in the order of PyTorch, whose readers look for "pt"', async () => {
    const net = sequential();
    await loadPytorch(net, SEQUENTIAL);
    const path = join(folder, 'again.safetensors');
    await savePytorch(net, path);
    const [saved, original] = [await openSafetensors(path), await openSafetensors(SEQUENTIAL)];
    expect(saved.metadata).toEqual({ format: 'pt' });
    for (const name of saved.entries.keys()) expect(await saved.read(name)).toEqual(await original.read(name));
    expect([...saved.entries.keys()].slice(0, 4)).toEqual(['0.weight', '0.bias', '1.weight', '1.bias']);
    for (const file of [saved, original]) await file.close();
    net.dispose();
  });
});
