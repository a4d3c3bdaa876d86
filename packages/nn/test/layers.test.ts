import * as tf from '@tensorflow/tfjs';
import {
  add,
  batchNorm,
  conv,
  countParameters,
  dense,
  flatten,
  globalAveragePool,
  input,
  lossAndGradients,
  maxPool,
  model,
  relu,
  sigmoidCrossEntropy,
  trainableVariables,
} from '../src/index.js';
import { gradientError, largestDifference, noise, spaced } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

/** Every layer once, with a shortcut and two heads. */
function everyLayer(spatial: readonly number[], seed: number | string = 1): tf.LayersModel {
  const x = input([...spatial, 2]);
  const stem = batchNorm(conv(x, 4, { kernel: 3, stride: 2, padding: 1, bias: false, seed, name: 'conv1' }), { name: 'bn1' });
  const pooled = maxPool(relu(stem, { name: 'relu' }), { kernel: 3, stride: 1, padding: 1, name: 'pool' });
  const sum = add(pooled, conv(pooled, 4, { kernel: 1, seed, name: 'conv2' }), { name: 'add' });
  const everywhere = dense(flatten(sum, { name: 'flat' }), 1, { seed, name: 'fc1' });
  return model(x, add(everywhere, dense(globalAveragePool(sum, { name: 'mean' }), 1, { seed, name: 'fc2' }), { name: 'logit' }));
}

onEachBackend(() => {
  describe.each([[[6, 8]], [[4, 6, 6]]])('a network over %j', (spatial) => {
    const image = () => noise([2, ...spatial, 2], 5);

    it('saves, loads, and predicts the same', async () => {
      const network = everyLayer(spatial);
      let saved: tf.io.ModelArtifacts | undefined;
      await network.save(
        tf.io.withSaveHandler(async (artifacts) => {
          saved = artifacts;
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
        }),
      );
      const topology = JSON.parse(JSON.stringify(saved!.modelTopology)) as tf.io.ModelJSON['modelTopology']; // as a file holds it
      const loaded = await tf.loadLayersModel({ load: async () => ({ ...saved!, modelTopology: topology }) });
      tf.tidy(() => {
        const x = image();
        expect(largestDifference(loaded.predict(x) as tf.Tensor, network.predict(x) as tf.Tensor)).toBe(0);
      });
      for (const each of [network, loaded]) each.dispose();
    });

    it('a training step moves the running statistics, gives a gradient to every variable, and leaves no tensor', async () => {
      const network = everyLayer(spatial);
      const [x, labels, variables] = [image(), tf.tensor2d([[0], [1]], [2, 1], 'float32'), trainableVariables(network)];
      const running = () =>
        network
          .getLayer('bn1')
          .getWeights()
          .slice(2)
          .map((weight) => Array.from(weight.dataSync())); // mean and variance
      const before = running();
      await leavesNoTensors(() => {
        const { loss, gradients } = lossAndGradients(variables, () =>
          sigmoidCrossEntropy(network.apply(x, { training: true }) as tf.Tensor, labels),
        );
        expect(gradients.map(({ shape }) => shape)).toEqual(variables.map(({ shape }) => shape));
        tf.dispose([loss, ...gradients]);
      });
      running().forEach((values, i) => expect(values).not.toEqual(before[i]));
      network.dispose();
      tf.dispose([x, labels]);
    });

    it('predicts without moving them, and leaves nothing but its answer', async () => {
      const network = everyLayer(spatial);
      const x = image();
      const before = network.getWeights().map((weight) => Array.from(weight.dataSync()));
      await leavesNoTensors(() => (network.predict(x) as tf.Tensor).dispose());
      expect(network.getWeights().map((weight) => Array.from(weight.dataSync()))).toEqual(before);
      network.dispose();
      x.dispose();
    });
  });

  it('each layer alone leaves its output and nothing else', () => {
    const network = everyLayer([4, 6, 6]);
    for (const layer of network.layers.slice(1)) {
      const inputs = [layer.input].flat().map(({ shape }) => noise([2, ...(shape.slice(1) as number[])], 3));
      for (const training of [false, true]) {
        const before = tf.memory().numTensors;
        const output = layer.apply(inputs, { training }) as tf.Tensor;
        expect([layer.name, tf.memory().numTensors - before]).toEqual([layer.name, 1]);
        output.dispose();
      }
      tf.dispose(inputs);
    }
    network.dispose();
  });

  it('ReLU, the mean over space and a linear layer have the gradients that differences show', () => {
    tf.tidy(() => {
      const x = input([3, 2, 2, 2]);
      const network = model(x, dense(globalAveragePool(relu(x)), 2, { seed: 4 }));
      expect(gradientError((at) => network.apply(at) as tf.Tensor, [spaced([2, 3, 2, 2, 2], 3, 0.5)])).toBeLessThan(2e-3);
      network.dispose();
    });
  });
});

onBackend('cpu', () => {
  it('starts from the same weights for the same seed, whatever else was built', () => {
    const weights = (seed: number | string) => {
      const network = everyLayer([6, 8], seed);
      const values = network.getWeights().map((weight) => Array.from(weight.dataSync()));
      network.dispose();
      return values;
    };
    expect(weights('a')).toEqual(weights('a'));
    expect(weights('a')).not.toEqual(weights('b'));
  });

  it('counts what PyTorch counts: weights, biases, scales and offsets, no running statistics', () => {
    const network = everyLayer([6, 8]);
    expect(countParameters(network)).toBe(9 * 2 * 4 + 2 * 4 + (4 * 4 + 4) + (3 * 4 * 4 + 1) + (4 + 1));
    network.dispose();
  });
});
