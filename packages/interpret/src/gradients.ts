import { isMgmtError, MgmtError } from '@mgmt/core';
import { lossAndGradients } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import type { LayerUse } from './layers.js';
import { runModel, runTapped } from './runTapped.js';
import type { Score } from './score.js';

/** How the scores of a batch hang on a tensor; all of it is the caller's to dispose. */
export interface ScoreGradient {
  /** `[b]` */
  readonly scores: tf.Tensor;
  /** Of the tensor's shape. Images do not mix, so the gradient of the scores' sum is each one's own. */
  readonly gradient: tf.Tensor;
}

/** By one of the inputs. */
export function inputGradient(model: tf.LayersModel, inputs: readonly tf.Tensor[], index: number, score: Score): ScoreGradient {
  const input = tf.variable(inputs[index]!, true);
  let scores: tf.Tensor | undefined;
  try {
    const { loss, gradients } = gradientOf(input, 'this input', () => {
      scores = tf.keep(score(runModel(model, inputs.toSpliced(index, 1, input))));
      return tf.sum(scores) as tf.Scalar;
    });
    loss.dispose();
    return { scores: scores!, gradient: gradients[0]! };
  } catch (error) {
    scores?.dispose();
    throw error;
  } finally {
    input.dispose();
  }
}

/**
 * By what a layer gives, in one pass. A probe of value 0 is put on the layer's output and the score differentiated by the probe: the tape then holds
 * nothing from below the layer, and the gradient that passes the probe is the one that is asked for.
 *
 * @returns nothing where the layer gave no single tensor at that use
 */
export function layerGradient(
  model: tf.LayersModel,
  inputs: readonly tf.Tensor[],
  layer: LayerUse,
  score: Score,
): (ScoreGradient & { readonly activation: tf.Tensor }) | undefined {
  const probe = tf.tidy(() => tf.variable(tf.scalar(0), true));
  const kept: { scores?: tf.Tensor; activation?: tf.Tensor; gradient?: tf.Tensor } = {};
  const pass = tf.customGrad((activation, _probe) => ({
    value: tf.clone(activation as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => {
      kept.gradient = tf.keep(tf.clone(dy));
      return [dy, tf.scalar(0)];
    },
  }));
  try {
    const { loss, gradients } = gradientOf(probe, `layer '${layer.use}'`, () => {
      const outputs = runTapped(model, inputs, [layer], (name, output) => {
        if (name !== layer.use) return output;
        kept.activation = tf.keep(tf.clone(output));
        return pass(output, probe);
      });
      if (!kept.activation) throw new NotReached();
      kept.scores = tf.keep(score(outputs));
      return tf.sum(kept.scores) as tf.Scalar;
    });
    tf.dispose([loss, ...gradients]);
    return kept as ReturnType<typeof layerGradient>;
  } catch (error) {
    tf.dispose(Object.values(kept));
    if (error instanceof NotReached) return undefined;
    throw error;
  } finally {
    probe.dispose();
  }
}

class NotReached extends Error {}

function gradientOf(variable: tf.Variable, what: string, computeSum: () => tf.Scalar): ReturnType<typeof lossAndGradients> {
  try {
    return lossAndGradients([variable], computeSum);
  } catch (cause) {
    if (!isMgmtError(cause) || cause.code !== 'nn/no-gradient') throw cause;
    throw new MgmtError(`the score has no gradient at ${what}`, {
      code: 'interpret/no-gradient',
      found: cause.sentence,
      hint: 'take a layer that lies between the image and the score, and make the score of differentiable operations',
      cause,
    });
  }
}
