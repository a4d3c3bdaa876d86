import * as tf from '@tensorflow/tfjs';
import {
  dropout,
  Dropout,
  type DropoutConfig,
  input,
  layerRandomState,
  lossAndGradients,
  model,
  setLayerRandomState,
} from '../src/index.js';
import { dropped } from '../src/ops/dropout.js';
import { gradientError, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

/** A dropout for each config, one behind the other, over `[64]`. */
function dropouts(...configs: readonly Omit<DropoutConfig, 'rate'>[]): tf.LayersModel {
  const x = input([64]);
  return model(
    x,
    configs.reduce((y, config) => dropout(y, { rate: 0.4, ...config }), x),
  );
}

const twoDropouts = () => dropouts({ name: 'first' }, { name: 'second' });

const onOnes = (network: tf.LayersModel, training = true) =>
  tf.tidy(() => Array.from((network.apply(tf.ones([4, 64]), { training }) as tf.Tensor).dataSync()));

onEachBackend(() => {
  it('drops about the share that it is told to, and scales the rest so that the mean stays', () => {
    const layer = new Dropout({ rate: 0.3, name: 'drop' });
    const values = tf.tidy(() => Array.from((layer.apply(tf.ones([100, 1000]), { training: true }) as tf.Tensor).dataSync()));
    const kept = values.filter((value) => value !== 0);
    expect(Math.abs(kept.length / values.length - 0.7)).toBeLessThan(0.006); // four deviations
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.7)]));
  });

  it('does nothing outside of training, and nothing at rate 0', () => {
    expect(new Set(onOnes(twoDropouts(), false))).toEqual(new Set([1]));
    const [layer, x] = [new Dropout({ rate: 0 }), tf.ones([50])];
    expect(new Set((layer.apply(x, { training: true }) as tf.Tensor).dataSync())).toEqual(new Set([1]));
  });

  it('draws the same for the same seed and name, and other numbers in each call, layer and seed', () => {
    const first = (config: { seed: number | string; name: string }) => onOnes(dropouts(config));
    expect(first({ seed: 1, name: 'a' })).toEqual(first({ seed: 1, name: 'a' }));
    expect(first({ seed: 1, name: 'a' })).not.toEqual(first({ seed: 1, name: 'b' }));
    expect(first({ seed: 1, name: 'a' })).not.toEqual(first({ seed: 'two', name: 'a' }));
    const network = dropouts({ seed: 1, name: 'a' });
    expect(onOnes(network)).not.toEqual(onOnes(network));
  });

  it('goes on from a state that was kept, and predicting does not move it', () => {
    const [run, resumed] = [twoDropouts(), twoDropouts()];
    onOnes(run);
    const state = layerRandomState(run);
    expect(state).toEqual([1, 1]);
    onOnes(run, false);
    expect(layerRandomState(run)).toEqual(state);
    setLayerRandomState(resumed, state);
    expect(onOnes(resumed)).toEqual(onOnes(run));
  });

  it('has the gradient of a product with what was kept', () => {
    tf.tidy(() => {
      const draws = tf.randomUniform([3, 5], 0, 1, 'float32', 4);
      expect(gradientError((x) => dropped(x, draws, 0.4), [noise([3, 5], 1)])).toBeLessThan(2e-3);
    });
  });

  it('leaves no tensor behind a step', async () => {
    const [network, x] = [twoDropouts(), tf.variable(noise([4, 64], 1))];
    await leavesNoTensors(() => {
      const { loss, gradients } = lossAndGradients([x], () => tf.sum(network.apply(x, { training: true }) as tf.Tensor) as tf.Scalar);
      tf.dispose([loss, ...gradients]);
    });
    x.dispose();
  });
});

describe('the state of random layers', () => {
  it('is found in a model within a model', () => {
    const x = input([64]);
    const outer = model(x, dropout(twoDropouts().apply(x) as tf.SymbolicTensor, { rate: 0.1, name: 'last' }));
    onOnes(outer);
    expect(layerRandomState(outer)).toEqual([1, 1, 1]);
  });

  it('of another model is refused', () => {
    expect(() => setLayerRandomState(twoDropouts(), [3])).toThrow(/nn\/other-random-layers[^]*2 layers, found 1/);
  });

  it.each([1, -0.1, NaN])('a rate of %d is refused', (rate) => {
    expect(() => new Dropout({ rate, name: 'drop' })).toThrow(/nn\/bad-rate: drop/);
  });
});
