import * as tf from '@tensorflow/tfjs';
import {
  batchNorm,
  conv,
  decodeSafetensors,
  dense,
  encodeSafetensors,
  flatten,
  input,
  loadPytorchTensors,
  model,
  toPytorchTensors,
} from '../src/index.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend } from './onEachBackend.js';

const network = (classes: number, seed: number) => {
  const x = input([4, 4, 2]);
  const y = batchNorm(conv(x, 3, { kernel: [3, 2], bias: false, seed, name: 'conv1' }), { name: 'layer1.0.bn1' });
  return model(x, dense(flatten(y, { name: 'flat' }), classes, { seed, name: 'fc' }));
};

onBackend('cpu', () => {
  it('have the names, order, shapes and layout of PyTorch', () => {
    const made = network(5, 1);
    const tensors = toPytorchTensors(made);
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['conv1.weight', [3, 2, 3, 2]],
      ['layer1.0.bn1.weight', [3]],
      ['layer1.0.bn1.bias', [3]],
      ['layer1.0.bn1.running_mean', [3]],
      ['layer1.0.bn1.running_var', [3]],
      ['fc.weight', [5, 18]],
      ['fc.bias', [5]],
    ]);
    const here = made.getLayer('conv1').getWeights()[0]!.arraySync() as number[][][][]; // [kh, kw, in, out]
    const { data } = tensors.get('conv1.weight')!; // [out, in, kh, kw]
    expect(data[((2 * 2 + 1) * 3 + 0) * 2 + 1]).toBe(here[0]![1]![1]![2]);
    made.dispose();
  });

  it('carry a network over through a file, bit for bit', async () => {
    const [from, to] = [network(5, 1), network(5, 2)];
    await leavesNoTensors(() => {
      const { tensors } = decodeSafetensors(encodeSafetensors(toPytorchTensors(from)));
      const report = loadPytorchTensors(to, tensors);
      expect(report).toMatchObject({ missing: [], unexpected: [], misshapen: [] });
    });
    tf.tidy(() => {
      const x = noise([2, 4, 4, 2], 3);
      expect(largestDifference(to.predict(x) as tf.Tensor, from.predict(x) as tf.Tensor)).toBe(0);
    });
    for (const each of [from, to]) each.dispose();
  });

  it('are refused whole where some do not fit, with all that is wrong; the network stays as it was', () => {
    const [small, large] = [network(5, 1), network(6, 2)];
    const before = large.getWeights().map((weight) => Array.from(weight.dataSync()));
    const tensors = toPytorchTensors(small);
    const bias = tensors.get('fc.bias')!;
    tensors.delete('layer1.0.bn1.bias');
    tensors.set('fc.extra', bias);
    tensors.set('layer1.0.bn1.num_batches_tracked', { shape: [], data: new Float32Array(1) });
    expect(() => loadPytorchTensors(large, tensors)).toThrow(
      /nn\/weights-do-not-fit[^]*layer1.0.bn1.bias is missing; fc.extra is unexpected; fc.weight is 5 x 18, not 6 x 18; fc.bias is 5, not 6/,
    );
    expect(large.getWeights().map((weight) => Array.from(weight.dataSync()))).toEqual(before);
    for (const each of [small, large]) each.dispose();
  });

  it('load in part where asked, for a network with another head', () => {
    const [small, large] = [network(5, 1), network(6, 2)];
    const report = loadPytorchTensors(large, toPytorchTensors(small), { partial: true });
    expect(report.misshapen.map(({ name }) => name)).toEqual(['fc.weight', 'fc.bias']);
    expect(report.loaded).toContain('conv1.weight');
    expect(large.getLayer('conv1').getWeights()[0]!.dataSync()).toEqual(small.getLayer('conv1').getWeights()[0]!.dataSync());
    for (const each of [small, large]) each.dispose();
  });

  it('stay apart from the network that took them', () => {
    const made = network(5, 1);
    const tensors = toPytorchTensors(made);
    loadPytorchTensors(made, tensors);
    for (const { data } of tensors.values()) data.fill(7);
    expect(made.getWeights().some((weight) => weight.dataSync().includes(7))).toBe(false);
    made.dispose();
  });

  it('are refused where two weights have one name', () => {
    const x = input([3]);
    const twice = model(x, dense(dense(x, 3, { name: 'a/fc' }), 3, { name: 'b/fc' }));
    expect(() => toPytorchTensors(twice)).toThrow(/nn\/same-pytorch-name[^]*found fc.weight/);
    twice.dispose();
  });

  it('are asked of layers that know them only', () => {
    const x = input([3]);
    const stock = model(x, tf.layers.dense({ units: 2, name: 'stock' }).apply(x) as tf.SymbolicTensor);
    expect(() => toPytorchTensors(stock)).toThrow(/nn\/no-pytorch-name: stock \(Dense\)/);
    stock.dispose();
  });
});
