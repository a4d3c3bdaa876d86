import * as tf from '@tensorflow/tfjs';
import { scaledGradient } from './scaledGradient.js';
import type { SgdKernel, SgdSettings } from './sgd.js';

/** Gradient descent out of tfjs operations, for any backend; also what the fused one is tested against. */
export function composedSgd(variables: readonly tf.Variable[], { momentum, nesterov, weightDecay }: SgdSettings): SgdKernel {
  let velocities: tf.Tensor[] = momentum === 0 ? [] : variables.map(({ shape }) => tf.keep(tf.zeros(shape)));
  const replace = (by: tf.Tensor[]) => {
    tf.dispose(velocities);
    velocities = by;
  };
  /** Renews the velocity; by what the variable moves, but for the learning rate. */
  const accelerated = (i: number, g: tf.Tensor): tf.Tensor => {
    const v = tf.keep(tf.add(tf.mul(velocities[i]!, momentum), g));
    velocities[i]!.dispose();
    velocities[i] = v;
    return nesterov ? tf.add(g, tf.mul(v, momentum)) : v;
  };
  return {
    update(gradients, { learningRate, gradientScale = 1 }) {
      variables.forEach((variable, i) =>
        tf.tidy(() => {
          const g = scaledGradient(gradients[i]!, variable, weightDecay, gradientScale);
          variable.assign(tf.sub(variable, tf.mul(momentum === 0 ? g : accelerated(i, g), learningRate)));
        }),
      );
    },
    readVelocities: () => velocities.map((v) => v.dataSync<'float32'>().slice()),
    restoreVelocities: (arrays) => replace(arrays.map((values, i) => tf.keep(tf.tensor(values.slice(), variables[i]!.shape, 'float32')))),
    dispose: () => replace([]),
  };
}
