import * as tf from '@tensorflow/tfjs';
import { dropConnect, input, layerRandomState, model, setLayerRandomState } from '../src/index.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

function network(rate: number, seed: number | string = 1): tf.LayersModel {
  const x = input([3, 2, 2, 4]);
  return model(x, dropConnect(x, { rate, seed, name: 'drop' }));
}

const trained = (net: tf.LayersModel, x: tf.Tensor) => net.apply(x, { training: true }) as tf.Tensor;

/** For each sample what it was multiplied by. */
function factors(net: tf.LayersModel, samples: number): number[] {
  return tf.tidy(() => {
    const y = tf.reshape(trained(net, tf.ones([samples, 3, 2, 2, 4])), [samples, -1]);
    expect(largestDifference(tf.max(y, 1), tf.min(y, 1))).toBe(0);
    return Array.from(tf.max(y, 1).dataSync());
  });
}

onEachBackend(() => {
  describe('drop connect', () => {
    it('leaves whole samples out at its rate, and makes up for it in the others', () => {
      const net = network(0.25);
      const drawn = factors(net, 4000);
      expect([...new Set(drawn.map((value) => value.toFixed(5)))].sort()).toEqual(['0.00000', '1.33333']);
      const share = drawn.filter((value) => value === 0).length / drawn.length;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.03); // four standard errors
      net.dispose();
    });

    it('does nothing outside of training, and at rate 0', () => {
      tf.tidy(() => {
        const x = noise([5, 3, 2, 2, 4], 1);
        const [some, none] = [network(0.5), network(0)];
        expect(largestDifference(some.predict(x) as tf.Tensor, x)).toBe(0);
        expect(largestDifference(trained(none, x), x)).toBe(0);
        expect([layerRandomState(some), layerRandomState(none)]).toEqual([[0], [0]]);
        for (const net of [some, none]) net.dispose();
      });
    });

    it('draws the same for one seed, others for another, and goes on from a state that was kept', () => {
      const [net, again, other] = [network(0.5), network(0.5), network(0.5, 'other')];
      const first = factors(net, 64);
      expect(factors(again, 64)).toEqual(first);
      expect(factors(other, 64)).not.toEqual(first);
      const state = layerRandomState(net);
      const second = factors(net, 64);
      expect(second).not.toEqual(first);
      setLayerRandomState(other, [0]);
      setLayerRandomState(again, state);
      expect(factors(again, 64)).toEqual(second);
      for (const each of [net, again, other]) each.dispose();
    });

    it('hands the gradient to the samples that it kept, with their factor', () => {
      const net = network(0.5);
      const drawn = factors(net, 16);
      setLayerRandomState(net, [0]);
      tf.tidy(() => {
        const dx = tf.grad((x) => trained(net, x))(noise([16, 3, 2, 2, 4], 1), tf.ones([16, 3, 2, 2, 4]));
        expect(Array.from(tf.mean(tf.reshape(dx, [16, -1]), 1).dataSync())).toEqual(drawn);
      });
      net.dispose();
    });

    it('frees what it makes', async () => {
      const net = network(0.5);
      const x = noise([4, 3, 2, 2, 4], 1);
      await leavesNoTensors(() => tf.dispose(trained(net, x)));
      await leavesNoTensors(() => tf.dispose(tf.grad((at) => trained(net, at))(x)));
      net.dispose();
      x.dispose();
    });

    it('refuses a rate that is none', () => {
      expect(() => network(1)).toThrow(/nn\/bad-rate[^]*drop[^]*found 1/);
    });
  });
});
