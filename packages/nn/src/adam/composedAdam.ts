import * as tf from '@tensorflow/tfjs';
import type { AdamKernel } from './adam.js';

/** Adam out of tfjs operations, for any backend; also what the fused one is tested against. */
export function composedAdam(variables: readonly tf.Variable[]): AdamKernel {
  const zeros = () => variables.map(({ shape }) => tf.keep(tf.zeros(shape)));
  let [first, second] = [zeros(), zeros()];
  const replace = (moments: tf.Tensor[][]) => {
    tf.dispose([first, second]);
    [first, second] = moments as [tf.Tensor[], tf.Tensor[]];
  };
  return {
    update(gradients, { learningRate, beta1, beta2, epsilon, weightDecay, decoupledDecay, step }) {
      const [correction1, correction2] = [1 - beta1 ** step, 1 - beta2 ** step];
      variables.forEach((variable, i) => {
        const [m, v] = tf.tidy(() => {
          const g = weightDecay === 0 ? gradients[i]! : tf.add(gradients[i]!, tf.mul(variable, weightDecay));
          const mNow = tf.add(first[i]!, tf.mul(tf.sub(g, first[i]!), 1 - beta1));
          const vNow = tf.add(second[i]!, tf.mul(tf.sub(tf.square(g), second[i]!), 1 - beta2));
          const root = tf.add(tf.div(tf.sqrt(vNow), Math.sqrt(correction2)), epsilon);
          const decay = decoupledDecay?.[i] ?? 0;
          const kept = decay === 0 ? variable : tf.sub(variable, tf.mul(variable, decay)); // 1 - decay would lose digits of a small decay
          variable.assign(tf.sub(kept, tf.mul(tf.div(mNow, root), learningRate / correction1)));
          return [tf.keep(mNow), tf.keep(vNow)];
        }) as [tf.Tensor, tf.Tensor];
        tf.dispose([first[i]!, second[i]!]);
        [first[i], second[i]] = [m, v];
      });
    },
    readMoments: () => ({
      first: first.map((t) => t.dataSync<'float32'>().slice()),
      second: second.map((t) => t.dataSync<'float32'>().slice()),
    }),
    restoreMoments: (moments) =>
      replace(
        [moments.first, moments.second].map((arrays) =>
          arrays.map((values, i) => tf.keep(tf.tensor(values.slice(), variables[i]!.shape, 'float32'))),
        ),
      ),
    dispose: () => replace([[], []]),
  };
}
