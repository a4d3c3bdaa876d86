import * as tf from '@tensorflow/tfjs';
import { input, layerNorm, LayerNorm, model } from '../src/index.js';
import { composed, layerNormalization } from '../src/ops/layerNorm.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

type Numbers = readonly number[];
interface Case extends Readonly<Record<'scale' | 'offset' | 'x' | 'dy' | 'y' | 'dx' | 'dScale' | 'dOffset', Numbers>> {
  readonly name: string;
  readonly shape: number[];
}

const vector = (values: Numbers) => tf.tensor1d([...values], 'float32');
const normalize = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) =>
  layerNormalization(x, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-5);

onEachBackend(() => {
  it.each(golden<Case>('layerNorm'))(
    "equals PyTorch's outputs and gradients at $name",
    ({ shape, x, dy, y, dx, dScale, dOffset, ...own }) => {
      tf.tidy(() => {
        const tensor = (values: Numbers) => tf.tensor([...values], shape, 'float32');
        const inputs = [tensor(x), vector(own.scale), vector(own.offset)];
        expect(largestDifference(normalize(inputs[0]!, inputs[1]!, inputs[2]!), tensor(y))).toBeLessThan(2e-6);
        const [gotX, gotScale, gotOffset] = tf.grads((at, s, o) => normalize(at!, s!, o!))(inputs, tensor(dy));
        expect(largestDifference(gotX!, tensor(dx))).toBeLessThan(1e-5);
        expect(largestDifference(gotScale!, vector(dScale))).toBeLessThan(2e-6);
        expect(largestDifference(gotOffset!, vector(dOffset))).toBeLessThan(2e-6);
      });
    },
  );

  it('has the gradients that differences show', () => {
    tf.tidy(() => expect(gradientError(normalize, [noise([3, 2, 5], 1), noise([5], 2), noise([5], 3)])).toBeLessThan(5e-3));
  });

  it('does not care about the size and the place of a row', () => {
    tf.tidy(() => {
      const [x, scale, offset] = [noise([4, 16], 1), noise([16], 2), noise([16], 3)];
      const moved = tf.add(tf.mul(x, tf.tensor2d([[8], [16], [32], [64]])), 5);
      expect(largestDifference(normalize(moved, scale, offset), normalize(x, scale, offset))).toBeLessThan(1e-4); // but for epsilon
    });
  });

  it('frees what it makes', async () => {
    const inputs = [noise([3, 2, 4], 1), noise([4], 2), noise([4], 3)];
    await leavesNoTensors(() => tf.dispose(tf.tidy(() => normalize(inputs[0]!, inputs[1]!, inputs[2]!))));
    await leavesNoTensors(() => tf.dispose(tf.grads((x, s, o) => normalize(x!, s!, o!))(inputs)));
    tf.dispose(inputs);
  });

  it('as a layer keeps its epsilon in its config, and starts as the identity after normalizing', () => {
    const x = input([3, 4]);
    const network = model(x, layerNorm(x, { epsilon: 0.5, name: 'norm' }));
    const layer = LayerNorm.fromConfig(LayerNorm as never, network.getLayer('norm').getConfig());
    expect(layer.getConfig()).toMatchObject({ name: 'norm', epsilon: 0.5 });
    tf.tidy(() => {
      const image = noise([2, 3, 4], 1);
      const { mean, variance } = tf.moments(image, -1, true);
      const expected = tf.div(tf.sub(image, mean), tf.sqrt(tf.add(variance, 0.5)));
      expect(largestDifference(network.predict(image) as tf.Tensor, expected)).toBeLessThan(1e-5);
    });
    network.dispose();
  });
});

onBackend('tensorflow', () => {
  it.each<{ shape: number[] }>([{ shape: [8, 5] }, { shape: [2, 30, 64] }])(
    'the fused form equals the composition at shape $shape',
    ({ shape }) => {
      tf.tidy(() => {
        const [d] = shape.slice(-1) as [number];
        const [x, scale, offset, dy] = [noise(shape, 1), noise([d], 2), noise([d], 3), noise(shape, 4)];
        const [fused, plain] = [layerNormalization, composed].map((form) => {
          const apply = (at: tf.Tensor, s: tf.Tensor, o: tf.Tensor) => form(at, s as tf.Tensor1D, o as tf.Tensor1D, 1e-5);
          return [apply(x, scale, offset), ...tf.grads((at, s, o) => apply(at!, s!, o!))([x, scale, offset], dy)];
        });
        fused!.forEach((tensor, i) => expect(largestDifference(tensor, plain![i]!)).toBeLessThan(1e-5));
      });
    },
  );
});
