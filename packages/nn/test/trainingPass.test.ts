import * as tf from '@tensorflow/tfjs';
import {
  add,
  batchNorm,
  conv,
  dense,
  dropout,
  globalAveragePool,
  input,
  lossAndGradients,
  relu,
  trainableVariables,
  trainingPass,
} from '../src/index.js';
import { noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

/** Networks whose tensors are freed at different times, each with the inputs it takes. */
const NETWORKS: Readonly<Record<string, () => { readonly model: tf.LayersModel; readonly inputs: readonly (readonly number[])[] }>> = {
  'a residual block'() {
    const x = input([6, 6, 2]);
    const y = relu(batchNorm(conv(x, 4, { kernel: 3, padding: 1, seed: 1 })));
    const z = add(batchNorm(conv(y, 4, { kernel: 3, padding: 1, seed: 2 })), y);
    return { model: tf.model({ inputs: x, outputs: dense(globalAveragePool(z), 1) }), inputs: [[3, 6, 6, 2]] };
  },
  'a norm that a rectifier and another layer take, and one that only a rectifier does'() {
    const x = input([2, 4, 4, 3]);
    const y = batchNorm(x);
    const z = add(relu(y), y);
    return { model: tf.model({ inputs: x, outputs: dense(globalAveragePool(relu(batchNorm(z))), 1) }), inputs: [[3, 2, 4, 4, 3]] };
  },
  'two inputs and a layer used twice'() {
    const [a, b] = [input([5], { name: 'a' }), input([5], { name: 'b' })];
    const shared = tf.layers.dense({ units: 4, kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
    const both = add(shared.apply(a) as tf.SymbolicTensor, shared.apply(b) as tf.SymbolicTensor);
    return { model: tf.model({ inputs: [a, b], outputs: dense(both, 1) }), inputs: [[3, 5], [3, 5]] }; // prettier-ignore
  },
  'layers that hand their input on'() {
    const x = input([5]);
    const same = tf.layers.activation({ activation: 'linear' }).apply(dropout(x, { rate: 0 })) as tf.SymbolicTensor;
    return { model: tf.model({ inputs: x, outputs: add(dense(same, 1, { name: 'p' }), dense(x, 1, { name: 'q' })) }), inputs: [[3, 5]] };
  },
  'a result that nothing takes, and an output that something takes'() {
    const x = input([5]);
    const y = dense(x, 1, { name: 'y' });
    const z = add(y, dense(x, 1, { name: 'z' }));
    return { model: tf.model({ inputs: x, outputs: z }), inputs: [[3, 5]] };
  },
  'a sequence'() {
    const layers = [tf.layers.dense({ units: 3, inputShape: [5], activation: 'relu' }), tf.layers.dense({ units: 1 })];
    return { model: tf.sequential({ layers }), inputs: [[3, 5]] };
  },
  'the stages of another model'() {
    const inner = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [5], activation: 'relu' }), tf.layers.dense({ units: 2 })],
    });
    const x = input([5]);
    return { model: tf.model({ inputs: x, outputs: dense(inner.apply(x) as tf.SymbolicTensor, 1) }), inputs: [[3, 5]] };
  },
};

onEachBackend(() => {
  describe.each(Object.entries(NETWORKS))('%s', (_, make) => {
    it('has the output and the gradients of the model run by tfjs, leaves its inputs and nothing else', async () => {
      const { model, inputs } = make();
      const given = inputs.map((shape, i) => noise(shape, i));
      const variables = trainableVariables(model);
      const single = given.length === 1 ? given[0]! : given;
      const run = (forward: () => tf.Tensor) => {
        const { loss, gradients } = lossAndGradients(variables, () => tf.sum(tf.square(forward())) as tf.Scalar);
        const values = [loss, ...gradients].flatMap((t) => [...t.dataSync()]);
        tf.dispose([loss, ...gradients]);
        return values;
      };
      const expected = run(() => model.apply(single, { training: true }) as tf.Tensor);
      const found = run(() => trainingPass(model, single));
      expect(found).toHaveLength(expected.length);
      found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5)); // a rectifier that goes into the norm rounds otherwise
      await leavesNoTensors(() => run(() => trainingPass(model, single)));
      expect(given.every((t) => !t.isDisposed)).toBe(true);
      model.dispose();
      tf.dispose(given);
    });
  });

  it('keeps fewer tensors than tfjs until its end', () => {
    const x = input([8, 8, 1]);
    let y = x;
    for (let i = 0; i < 6; i++) y = relu(batchNorm(conv(y, 4, { kernel: 3, padding: 1 })));
    const model = tf.model({ inputs: x, outputs: dense(globalAveragePool(y), 1) });
    const images = noise([2, 8, 8, 1], 1);
    const last = model.layers.at(-1)!;
    const call = last.call.bind(last);
    let bytes = 0; // when the last layer is reached
    last.call = (...given) => {
      bytes = tf.memory().numBytes;
      return call(...given);
    };
    const held = (forward: () => tf.Tensor) => {
      const { loss, gradients } = lossAndGradients(trainableVariables(model), () => tf.sum(forward()) as tf.Scalar);
      tf.dispose([loss, ...gradients]);
      return bytes;
    };
    expect(held(() => trainingPass(model, images))).toBeLessThan(held(() => model.apply(images, { training: true }) as tf.Tensor));
    model.dispose();
    images.dispose();
  });
});

it('refuses a model with two outputs', () => {
  const x = input([5]);
  const model = tf.model({ inputs: x, outputs: [dense(x, 1), dense(x, 2)] });
  expect(() => trainingPass(model, tf.zeros([1, 5]))).toThrow(/nn\/not-one-output(.|\n)*found 2 outputs/);
});
