import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { type ClipConfig, clipGradients } from '../src/index.js';
import { golden } from './golden.js';
import { onEachBackend } from './onEachBackend.js';

const torch = golden<{ readonly gradients: number[][]; readonly clips: { readonly config: ClipConfig; readonly clipped: number[][] }[] }>(
  'gradientsAndMeans',
); // PyTorch in float64, tools/golden/training_gradients_and_means.py

onEachBackend(() => {
  it.each(torch.clips)('equals PyTorch: $config', ({ config, clipped }) => {
    const gradients = torch.gradients.map((values) => tf.tensor1d(values));
    const before = tf.memory().numTensors;
    const found = clipGradients(gradients, config);
    expect(tf.memory().numTensors - before).toBe(found.length);
    const values = found.flatMap((tensor) => [...tensor.dataSync()]);
    clipped.flat().forEach((expected, i) => expect(Math.abs(values[i]! - expected)).toBeLessThanOrEqual(1e-6 * Math.abs(expected)));
    tf.dispose([...gradients, ...found]);
  });
});

it('never leaves a norm above the limit, nor a value', () => {
  const values = fc.array(fc.float({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (gradients, limit) => {
      const clipped = (kind: ClipConfig['kind']) =>
        clipGradients(gradients.map((row) => tf.tensor1d(row)), { kind, limit }).flatMap((tensor) => [...tensor.dataSync()]); // prettier-ignore
      expect(Math.hypot(...clipped('norm'))).toBeLessThanOrEqual(limit * (1 + 1e-6));
      expect(Math.max(...clipped('value').map(Math.abs))).toBeLessThanOrEqual(limit * (1 + 1e-6));
    }),
  );
});
