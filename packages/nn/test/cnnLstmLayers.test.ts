import * as tf from '@tensorflow/tfjs';
import {
  add,
  batchToSteps,
  conv,
  dense,
  depthwiseConv,
  dropConnect,
  globalAveragePool,
  groupNorm,
  input,
  loadPytorchTensors,
  lossAndGradients,
  lstm,
  model,
  multiply,
  reshape,
  sigmoid,
  sigmoidCrossEntropy,
  stepsToBatch,
  swish,
  toPytorchTensors,
  trainableVariables,
} from '../src/index.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

const STEPS = 3;

/** Every layer of an EfficientNet with an LSTM once, over images or volumes. */
function everyLayer(spatial: readonly number[], seed: number | string = 1): tf.LayersModel {
  const x = input([STEPS, ...spatial, 2]);
  const images = stepsToBatch(x, { name: 'images' });
  const wide = swish(groupNorm(conv(images, 8, { kernel: 1, seed, name: 'expand' }), { groups: 4, name: 'norm' }), { name: 'swish' });
  const padding = spatial.map(() => [0, 1] as const);
  const deep = depthwiseConv(wide, { kernel: 3, stride: 2, padding, seed, name: 'depthwise' });
  const squeezed = reshape(globalAveragePool(deep, { name: 'mean' }), [...spatial.map(() => 1), 8], { name: 'squeezed' });
  const gate = sigmoid(conv(squeezed, 8, { kernel: 1, seed, name: 'gate' }), { name: 'sigmoid' });
  const block = dropConnect(multiply(deep, gate, { name: 'gated' }), { rate: 0.4, seed, name: 'drop' });
  const features = globalAveragePool(add(block, deep, { name: 'sum' }), { name: 'features' });
  const steps = batchToSteps(features, { steps: STEPS, name: 'steps' });
  return model(x, dense(lstm(steps, { hidden: 4, layers: 2, seed, name: 'rnn' }), 1, { seed, name: 'fc' }));
}

onEachBackend(() => {
  describe.each([[[4, 4]], [[4, 4, 2]]])('a network over %j', (spatial) => {
    const images = () => noise([2, STEPS, ...spatial, 2], 5);

    it('saves, loads, and predicts the same', async () => {
      const network = everyLayer(spatial);
      let saved: tf.io.ModelArtifacts | undefined;
      await network.save(
        tf.io.withSaveHandler(async (artifacts) => {
          saved = artifacts;
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
        }),
      );
      const topology = JSON.parse(JSON.stringify(saved!.modelTopology)) as tf.io.ModelJSON['modelTopology'];
      const loaded = await tf.loadLayersModel({ load: async () => ({ ...saved!, modelTopology: topology }) });
      tf.tidy(() => expect(largestDifference(loaded.predict(images()) as tf.Tensor, network.predict(images()) as tf.Tensor)).toBe(0));
      for (const each of [network, loaded]) each.dispose();
    });

    it('exchanges its weights by the names of PyTorch', () => {
      const [one, other] = [everyLayer(spatial, 1), everyLayer(spatial, 2)];
      loadPytorchTensors(other, toPytorchTensors(one));
      tf.tidy(() => expect(largestDifference(other.predict(images()) as tf.Tensor, one.predict(images()) as tf.Tensor)).toBe(0));
      expect(toPytorchTensors(one).get('depthwise.weight')!.shape).toEqual([8, 1, ...spatial.map(() => 3)]);
      for (const each of [one, other]) each.dispose();
    });

    it('a training step gives a gradient to every variable, and leaves no tensor', async () => {
      const network = everyLayer(spatial);
      const [x, labels, variables] = [images(), tf.tensor2d([[0], [1]], [2, 1], 'float32'), trainableVariables(network)];
      await leavesNoTensors(() => {
        const { loss, gradients } = lossAndGradients(variables, () =>
          sigmoidCrossEntropy(network.apply(x, { training: true }) as tf.Tensor, labels),
        );
        expect(gradients.map(({ shape }) => shape)).toEqual(variables.map(({ shape }) => shape));
        for (const gradient of gradients) expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
        tf.dispose([loss, ...gradients]);
      });
      network.dispose();
      tf.dispose([x, labels]);
    });

    it('each layer alone has the shape it promises, and leaves its output and nothing else', () => {
      const network = everyLayer(spatial);
      for (const layer of network.layers.slice(1)) {
        const inputs = [layer.input].flat().map(({ shape }) => noise([6, ...(shape.slice(1) as number[])], 3));
        for (const training of [false, true]) {
          const before = tf.memory().numTensors;
          const output = layer.apply(inputs, { training }) as tf.Tensor;
          expect([layer.name, tf.memory().numTensors - before]).toEqual([layer.name, 1]);
          expect([layer.name, output.shape.slice(1)]).toEqual([layer.name, (layer.output as tf.SymbolicTensor).shape.slice(1)]);
          output.dispose();
        }
        tf.dispose(inputs);
      }
      network.dispose();
    });

    it('has the gradient that differences show', () => {
      const network = everyLayer(spatial);
      tf.tidy(() => expect(gradientError((x) => network.apply(x) as tf.Tensor, [images()])).toBeLessThan(2e-3));
      network.dispose();
    });
  });

  it('steps become samples and come back in their order', () => {
    const x = input([2, 3]);
    const net = model(x, batchToSteps(stepsToBatch(x), { steps: 2 }));
    tf.tidy(() => {
      const sequence = noise([4, 2, 3], 1);
      expect(largestDifference(net.predict(sequence) as tf.Tensor, sequence)).toBe(0);
    });
    net.dispose();
  });
});

onBackend('cpu', () => {
  it('starts from the same weights for the same seed', () => {
    const weights = (seed: number) => {
      const network = everyLayer([4, 4], seed);
      const values = network.getWeights().map((weight) => Array.from(weight.dataSync()));
      network.dispose();
      return values;
    };
    expect(weights(3)).toEqual(weights(3));
    expect(weights(3)).not.toEqual(weights(4));
  });
});
