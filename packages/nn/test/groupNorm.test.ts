import * as tf from '@tensorflow/tfjs';
import { groupNorm as builtGroupNorm, input, model } from '../src/index.js';
import { groupNorm } from '../src/ops/groupNorm.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

type Numbers = number[];
interface Case {
  readonly name: string;
  readonly groups: number;
  readonly epsilon: number;
  readonly shape: number[];
  readonly scale: Numbers;
  readonly offset: Numbers;
  readonly x: Numbers;
  readonly dy: Numbers;
  readonly y: Numbers;
  readonly dx: Numbers;
  readonly dScale: Numbers;
  readonly dOffset: Numbers;
}

/** The definition, differentiated by tfjs. */
function composed(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor, { groups, epsilon }: { groups: number; epsilon: number }): tf.Tensor {
  const grouped = tf.reshape(x, [x.shape[0]!, -1, groups, x.shape.at(-1)! / groups]);
  const { mean, variance } = tf.moments(grouped, [1, 3], true);
  const normal = tf.div(tf.sub(grouped, mean), tf.sqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.reshape(normal, x.shape), scale), offset);
}

onEachBackend(() => {
  describe('group norm', () => {
    it.each(golden<Case>('groupNorm'))("equals PyTorch's outputs and gradients: $name", ({ groups, epsilon, shape, ...values }) => {
      tf.tidy(() => {
        const inputs = [tf.tensor(values.x, shape), tf.tensor1d(values.scale), tf.tensor1d(values.offset)];
        const norm = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => groupNorm(x, scale, offset, { groups, epsilon });
        const [dx, dScale, dOffset] = tf.grads((x, s, o) => norm(x!, s!, o!))(inputs, tf.tensor(values.dy, shape));
        expect(largestDifference(norm(inputs[0]!, inputs[1]!, inputs[2]!), tf.tensor(values.y, shape))).toBeLessThan(1e-5);
        expect(largestDifference(dx!, tf.tensor(values.dx, shape))).toBeLessThan(2e-5);
        expect(largestDifference(dScale!, tf.tensor1d(values.dScale))).toBeLessThan(1e-5);
        expect(largestDifference(dOffset!, tf.tensor1d(values.dOffset))).toBeLessThan(1e-5);
      });
    });

    it.each([[[3, 8]], [[2, 3, 2, 4]], [[2, 2, 3, 2, 4]]])('has the gradients of its definition at shape %j', (shape) => {
      const numbers = { groups: 2, epsilon: 1e-3 };
      tf.tidy(() => {
        const inputs = [noise(shape, 1), noise([shape.at(-1)!], 2), noise([shape.at(-1)!], 3)];
        const dy = noise(shape, 4);
        const fused = tf.grads((x, s, o) => groupNorm(x!, s!, o!, numbers))(inputs, dy);
        const plain = tf.grads((x, s, o) => composed(x!, s!, o!, numbers))(inputs, dy);
        fused.forEach((gradient, i) => expect(largestDifference(gradient, plain[i]!)).toBeLessThan(2e-5));
        expect(gradientError((x, s, o) => groupNorm(x!, s!, o!, numbers), inputs)).toBeLessThan(5e-3);
      });
    });

    it('frees what it makes', async () => {
      const inputs = [noise([2, 3, 2, 4], 1), noise([4], 2), noise([4], 3)] as const;
      const norm = (x: tf.Tensor, s: tf.Tensor, o: tf.Tensor) => groupNorm(x, s, o, { groups: 2, epsilon: 1e-5 });
      await leavesNoTensors(() => tf.dispose(norm(...inputs)));
      await leavesNoTensors(() => tf.dispose(tf.grads((x, s, o) => norm(x!, s!, o!))([...inputs])));
      tf.dispose([...inputs]);
    });
  });

  it('a group norm says where the channels do not divide', () => {
    expect(() => model(input([4, 4, 6]), builtGroupNorm(input([4, 4, 6]), { groups: 4, name: 'norm' }))).toThrow(
      /nn\/uneven-groups[^]*norm[^]*multiple of 4[^]*found 6/,
    );
  });
});
