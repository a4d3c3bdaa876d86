import { lossAndGradients, type LayersModel, selectBackend, trainableVariables, trainingPass } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { contrastiveModel } from '../src/contrastiveModel.js';
import { ntXent } from '../src/index.js';
import { CachedPass } from '../src/CachedPass.js';
import { smallEncoder } from './smallEncoders.js';

beforeAll(async () => void (await selectBackend()));

const VIEWS = 12;
const views = () => tf.tensor(Float32Array.from({ length: VIEWS * 64 }, (_, j) => Math.sin(0.37 * j)), [VIEWS, 8, 8, 1]); // prettier-ignore

interface Step {
  readonly loss: number;
  readonly gradients: readonly Float32Array[];
  /** Running statistics after it. */
  readonly running: readonly Float32Array[];
}

/** One step of NT-Xent through the whole batch, or in micro-batches. */
function step(encoder: LayersModel, microBatch?: number): Step {
  const x = views();
  const variables = trainableVariables(encoder);
  const pass = microBatch === undefined ? undefined : new CachedPass({ model: encoder, microBatch, precision: 'float32' });
  const { loss, gradients } = lossAndGradients(variables, () => {
    const z = pass ? pass.call(x, { training: true }) : trainingPass(encoder, x);
    return ntXent(z as tf.Tensor2D, { temperature: 0.1 });
  });
  const result = {
    loss: loss.dataSync()[0]!,
    gradients: gradients.map((gradient) => gradient.dataSync<'float32'>().slice()),
    running: encoder.nonTrainableWeights.map((weight) => weight.read().dataSync<'float32'>().slice()),
  };
  tf.dispose([x, loss, ...gradients]);
  return result;
}

/** The largest difference of two gradients, relative to the largest value. */
function difference(a: Step, b: Step): number {
  const largest = Math.max(...b.gradients.map((gradient) => Math.max(...gradient.map(Math.abs))));
  return (
    Math.max(...a.gradients.map((gradient, i) => Math.max(...gradient.map((value, j) => Math.abs(value - b.gradients[i]![j]!))))) / largest
  );
}

describe('gradient caching', () => {
  it.each([1, 4, 5, 12, 99])('in micro-batches of %d has loss and gradients of the whole batch', (microBatch) => {
    const whole = step(smallEncoder());
    const cached = step(smallEncoder(), microBatch);
    expect(Math.abs(cached.loss - whole.loss)).toBeLessThan(1e-6 * whole.loss);
    expect(difference(cached, whole)).toBeLessThan(1e-6);
  });

  it('is not the mean of the losses of small batches, which is another gradient', () => {
    const whole = step(smallEncoder());
    const encoder = smallEncoder();
    const halves = lossAndGradients(trainableVariables(encoder), () => {
      const z = trainingPass(encoder, views()) as tf.Tensor2D;
      const [a, b, c, d] = tf.split(z, 4) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      return tf.div(tf.add(ntXent(tf.concat([a, c])), ntXent(tf.concat([b, d]))), 2);
    });
    const accumulated = { ...whole, gradients: halves.gradients.map((gradient) => gradient.dataSync<'float32'>()) };
    expect(difference(accumulated, whole)).toBeGreaterThan(0.05);
    tf.dispose([halves.loss, ...halves.gradients]);
  });

  it('draws the same dropout in both passes', () => {
    const encoder = smallEncoder({ dropout: true });
    const x = views();
    const pass = new CachedPass({ model: encoder, microBatch: 4, precision: 'float32' });
    const variables = trainableVariables(encoder);
    const squares = () => lossAndGradients(variables, () => tf.sum(tf.square(pass.call(x, { training: true }))) as tf.Scalar);
    const { loss, gradients } = squares();
    // Half of y² has the gradient y: were other units dropped the second time, Euler's relation for these homogeneous layers would not hold.
    const last = variables.length - 2;
    const kernel = variables[last]!;
    const euler = tf.tidy(() => tf.sum(tf.mul(kernel, gradients[last]!)).dataSync()[0]!);
    const bias = tf.tidy(() => tf.sum(tf.mul(variables[last + 1]!, gradients[last + 1]!)).dataSync()[0]!);
    expect((euler + bias) / (2 * loss.dataSync()[0]!)).toBeCloseTo(1, 5);
    tf.dispose([x, loss, ...gradients]);
  });

  it('moves running statistics once, by the micro-batches', () => {
    const once = step(smallEncoder({ norm: true }), VIEWS);
    const whole = step(smallEncoder({ norm: true }));
    once.running.forEach((values, i) => values.forEach((value, j) => expect(value).toBeCloseTo(whole.running[i]![j]!, 6)));
    expect(difference(once, whole)).toBeLessThan(1e-5);
    expect(difference(step(smallEncoder({ norm: true }), 4), whole)).toBeGreaterThan(0.01); // other statistics, another gradient: as the docs say
  });

  it('leaves no tensor behind', () => {
    const encoder = smallEncoder({ norm: true, dropout: true });
    const before = tf.memory().numTensors;
    step(encoder, 4);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('contrastiveModel', () => {
  const config = { projection: { hidden: 8, units: 4, seed: 0 }, temperature: 0.1 };

  it('has the same weights, in one order, in micro-batches or not', () => {
    const shapes = (microBatch?: number) =>
      contrastiveModel(smallEncoder(), { ...config, ...(microBatch && { microBatch }) }).model.weights.map(({ shape }) => shape);
    expect(shapes(4)).toEqual(shapes());
  });

  it('refuses what gives no single vector', () => {
    const encoder = smallEncoder();
    const cut = tf.model({ inputs: encoder.inputs, outputs: encoder.getLayer('conv2').output as tf.SymbolicTensor });
    expect(() => contrastiveModel(cut, config)).toThrow(/ssl-simclr\/no-encoder[^]*\[b, 4, 4, 8\]/);
  });
});
