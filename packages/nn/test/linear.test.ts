import { jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { rawOps } from '../src/backend/rawOps.js';
import { dense, input, lossAndGradients, model, trainableVariables, withPrecision, type Precision } from '../src/index.js';
import { toBfloat16 } from '../src/ops/cast.js';
import { fromHeads, toHeads } from '../src/ops/heads.js';
import { addBias } from '../src/ops/addBias.js';
import { linear } from '../src/ops/linear.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

const project = (x: tf.Tensor, w: tf.Tensor) => linear(x, w as tf.Tensor2D);
const spread = (x: tf.Tensor, w: tf.Tensor) => toHeads(x as tf.Tensor2D, w as tf.Tensor2D, 2);
const gather = (x: tf.Tensor, w: tf.Tensor) => fromHeads(x as tf.Tensor3D, w as tf.Tensor2D);

onEachBackend(() => {
  it.each([[[5, 3]], [[2, 5, 3]], [[2, 1, 4, 3]]])('is a product over the last axis, at shape %j', (shape) => {
    tf.tidy(() => {
      const [x, w] = [noise(shape, 1), noise([3, 4], 2)];
      const expected = tf.reshape(tf.dot(tf.reshape(x, [-1, 3]), w), [...shape.slice(0, -1), 4]);
      expect(largestDifference(project(x, w), expected)).toBeLessThan(1e-6);
      expect(gradientError(project, [x, w])).toBeLessThan(2e-3);
    });
  });

  it('a bias goes to every row, and gets the sum of the gradients of all', () => {
    tf.tidy(() => {
      const [x, bias, dy] = [noise([2, 5, 3], 1), noise([3], 2), noise([2, 5, 3], 3)];
      const [found, plain] = [addBias, tf.add<tf.Tensor>].map((form) => [
        form(x, bias),
        ...tf.grads((a, b) => form(a!, b!))([x, bias], dy),
      ]);
      found!.forEach((tensor, i) => expect(largestDifference(tensor, plain![i]!)).toBeLessThan(1e-6));
    });
  });

  it('a head at a time gives what all heads together give, in the order of heads; and back', () => {
    tf.tidy(() => {
      const [x, w] = [noise([5, 3], 1), noise([8, 3], 2)]; // two heads of four
      const together = tf.reshape(tf.matMul(x, w, false, true), [5, 2, 4]); // [rows, heads, size]
      expect(largestDifference(spread(x, w), tf.transpose(together, [1, 0, 2]))).toBeLessThan(1e-6);
      expect(largestDifference(gather(spread(x, w), w), tf.matMul(tf.reshape(together, [5, 8]), w))).toBeLessThan(1e-6);
    });
  });

  it('has gradients a head at a time that differences show', () => {
    tf.tidy(() => {
      expect(gradientError(spread, [noise([5, 3], 1), noise([8, 3], 2)])).toBeLessThan(2e-3);
      expect(gradientError(gather, [noise([2, 5, 4], 1), noise([8, 3], 2)])).toBeLessThan(2e-3);
    });
  });

  it('frees what it makes', async () => {
    const inputs = { x: noise([5, 3], 1), w: noise([3, 4], 2), wide: noise([8, 3], 3), heads: noise([2, 5, 4], 4) };
    await leavesNoTensors(() =>
      tf.dispose(tf.tidy(() => [project(inputs.x, inputs.w), spread(inputs.x, inputs.wide), gather(inputs.heads, inputs.wide)])),
    );
    await leavesNoTensors(() => {
      tf.dispose(tf.grads((x, w) => project(x!, w!))([inputs.x, inputs.w]));
      tf.dispose(tf.grads((x, w) => spread(x!, w!))([inputs.x, inputs.wide]));
      tf.dispose(tf.grads((x, w) => gather(x!, w!))([inputs.heads, inputs.wide]));
    });
    tf.dispose(inputs);
  });

  it('a dense layer takes tokens, and learns from all of them', async () => {
    const x = input([5, 3]);
    const network = model(x, dense(x, 4, { seed: 1, name: 'fc' }));
    const [tokens, variables] = [noise([2, 5, 3], 1), trainableVariables(network)];
    expect(network.outputs[0]!.shape).toEqual([null, 5, 4]);
    await leavesNoTensors(() => {
      const { loss, gradients } = lossAndGradients(variables, () => tf.sum(network.apply(tokens) as tf.Tensor) as tf.Scalar);
      tf.tidy(() => expect(largestDifference(gradients[1]!, tf.fill([4], 10))).toBeLessThan(1e-6)); // of the bias: b n
      tf.dispose([loss, ...gradients]);
    });
    network.dispose();
    tokens.dispose();
  });
});

onBackend('tensorflow', () => {
  const ops = { project: [project, [[2, 5, 64], [64, 32]]], spread: [spread, [[5, 64], [32, 64]]], gather: [gather, [[2, 5, 16], [32, 64]]] } as const; // prettier-ignore
  it.each(Object.entries(ops))('multiplies in bfloat16 where told to, in float32 but for its rounding: %s', async (_, [op, shapes]) => {
    const [x, w] = shapes.map((shape, i) => noise(shape, i)) as [tf.Tensor, tf.Tensor];
    const run = (precision: Precision) =>
      tf.tidy(() => [withPrecision(precision, () => op(x, w)), ...tf.grads((a, b) => withPrecision(precision, () => op(a!, b!)))([x, w])]);
    await leavesNoTensors(() => {
      const [half, whole] = [run('bfloat16'), run('float32')];
      half.forEach((tensor, i) => {
        const difference = largestDifference(tensor, whole[i]!);
        expect(difference).toBeLessThan(2 ** -6);
        expect(difference).toBeGreaterThan(0);
      });
      tf.dispose([half, whole]);
    });
    tf.dispose([x, w]);
  });

  it("leaves a head's logits in float32", () => {
    tf.tidy(() => {
      const [x, w] = [noise([2, 64], 1), noise([64, 3], 2)];
      expect(
        largestDifference(
          withPrecision('bfloat16', () => project(x, w)),
          project(x, w),
        ),
      ).toBe(0);
      const rounded = toBfloat16(x); // as convolutions before it leave them
      expect(
        largestDifference(
          withPrecision('bfloat16', () => project(rounded, w)),
          project(tf.add(rounded, 0), w),
        ),
      ).toBe(0);
    });
  });

  it('computes only the gradient that is asked for', () => {
    const [x, weight] = [noise([5, 3], 1), tf.variable(noise([3, 4], 2))];
    const run = jest.spyOn(rawOps()!, 'run');
    const { loss, gradients } = lossAndGradients([weight], () => tf.sum(project(x, weight)) as tf.Scalar);
    expect(run.mock.calls.filter(([op]) => op === 'MatMul')).toHaveLength(2); // forward, and the weight's
    run.mockRestore();
    tf.dispose([x, weight, loss, ...gradients]);
  });
});
