import * as tf from '@tensorflow/tfjs';
import { lossAndGradients, sigmoidCrossEntropy } from '../src/index.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

onEachBackend(() => {
  const network = (x: tf.Tensor, [a, b, c]: readonly tf.Variable[]) =>
    tf.tidy(() => {
      const h = tf.add(tf.matMul(x as tf.Tensor2D, a as tf.Tensor2D), b!); // used twice below: gradients add up
      return tf.mean(tf.add(tf.square(tf.mul(h, c!)), tf.add(h, h))) as tf.Scalar;
    });
  const variables = () => [noise([3, 4], 1), noise([4], 2), noise([4], 3)].map((start) => tf.variable(start));

  it("equals tfjs's own gradients", () => {
    const [all, x] = [variables(), noise([5, 3], 4)];
    const { loss, gradients } = lossAndGradients(all, () => network(x, all));
    const expected = tf.variableGrads(() => network(x, all), all);
    expect(loss.dataSync()[0]).toBeCloseTo(expected.value.dataSync()[0]!, 6);
    all.forEach((variable, i) => expect(largestDifference(gradients[i]!, expected.grads[variable.name]!)).toBeLessThan(1e-6));
    tf.dispose([all, x, loss, [...gradients], expected.value, expected.grads]);
  });

  it('leaves the loss and the gradients, nothing else, and the variables as they were', async () => {
    const [all, x] = [variables(), noise([5, 3], 4)];
    const before = all.map((variable) => variable.dataSync().slice());
    await leavesNoTensors(() => {
      const { loss, gradients } = lossAndGradients(all, () => network(x, all));
      tf.dispose([loss, ...gradients]);
    });
    expect(all.map((variable) => variable.dataSync())).toEqual(before);
    tf.dispose([all, x]);
  });

  it('names a variable that the loss does not depend on, and leaves nothing behind', async () => {
    const [all, x] = [variables(), noise([5, 3], 4)];
    const idle = tf.variable(tf.zeros([2]), true, `idle${all[0]!.id}`);
    await leavesNoTensors(() => {
      expect(() => lossAndGradients([...all, idle], () => network(x, all))).toThrow(/nn\/no-gradient: idle/);
    });
    tf.dispose([all, x, idle]);
  });

  it('frees what the forward pass kept as it goes back', () => {
    const counts: number[] = [];
    const mark = tf.customGrad((x) => ({
      value: (x as tf.Tensor).clone(),
      gradFunc: (dy) => {
        counts.push(tf.memory().numTensors);
        return dy.clone();
      },
    }));
    const weight = tf.variable(noise([4], 1));
    const { loss, gradients } = lossAndGradients([weight], () => {
      let h: tf.Tensor = tf.mul(weight, 1);
      for (let layer = 0; layer < 5; layer++) h = mark(tf.add(tf.mul(h, h), tf.sin(h))); // h is used three times
      return tf.mean(h) as tf.Scalar;
    });
    counts.slice(1).forEach((count, i) => expect(count).toBeLessThan(counts[i]!));
    tf.dispose([weight, loss, ...gradients]);
  });

  it('bears gradients that hand the same tensor on twice', () => {
    const sum = tf.customGrad((a, b) => ({ value: tf.add(a as tf.Tensor, b as tf.Tensor), gradFunc: (dy) => [dy, dy] }));
    const [a, b] = [tf.variable(noise([4], 1)), tf.variable(noise([4], 2))];
    const { loss, gradients } = lossAndGradients([a, b], () => tf.sum(sum(tf.square(a), tf.square(b))) as tf.Scalar);
    [a, b].forEach((variable, i) => tf.tidy(() => expect(largestDifference(gradients[i]!, tf.mul(variable, 2))).toBe(0)));
    tf.dispose([a, b, loss, ...gradients]);
  });

  it('leaves nothing behind where the loss throws, and works after it', async () => {
    const [all, x] = [variables(), noise([5, 3], 4)];
    await leavesNoTensors(() => {
      const broken = () => lossAndGradients(all, () => tf.reshape(network(x, all), [2]) as unknown as tf.Scalar);
      expect(broken).toThrow();
      const { loss, gradients } = lossAndGradients(all, () => network(x, all));
      tf.dispose([loss, ...gradients]);
    });
    tf.dispose([all, x]);
  });

  it('takes the cross entropy of large logits without overflow, with gradient (p - z) / n', () => {
    const [logits, labels] = [tf.variable(tf.tensor1d([-200, 0, 3, 200])), tf.tensor1d([1, 0, 1, 1])];
    const { loss, gradients } = lossAndGradients([logits], () => sigmoidCrossEntropy(logits, labels));
    expect(loss.dataSync()[0]).toBeCloseTo((200 + Math.LN2 + Math.log1p(Math.exp(-3)) + 0) / 4, 5);
    const expected = [-0.25, 0.125, -0.25 / (1 + Math.exp(3)), 0];
    gradients[0]!.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    tf.dispose([logits, labels, loss, ...gradients]);
  });
});
