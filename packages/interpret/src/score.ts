import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

/**
 * The number that is explained, one for each image: `[b]`, from all of the model's outputs. It must be made of tfjs operations, so that it has a
 * gradient, and each image's number must not depend on the other images.
 */
export type Score = (outputs: readonly tf.Tensor[]) => tf.Tensor;

/** A class, by its index, for its logit; or any {@link Score}. Of a network with one logit, class 1 is the logit and class 0 its negative. */
export type Target = number | Score;

/**
 * The logit of a class. A network with one logit has two classes: 1 is the logit, 0 its negative.
 *
 * @param classIndex - from 0
 * @throws `MgmtError` `interpret/class-out-of-range` when the score is taken
 */
export function classLogit(classIndex: number): Score {
  return (outputs) => {
    const logits = logitsOf(outputs, classIndex);
    if (logits.shape[1] === 1) return classIndex === 1 ? tf.reshape(logits, [-1]) : tf.neg(tf.reshape(logits, [-1]));
    return tf.reshape(tf.slice(logits, [0, classIndex], [-1, 1]), [-1]);
  };
}

/**
 * The probability of a class, from logits: the sigmoid of a single one, the softmax of several. A model that ends in its own sigmoid or softmax
 * gives probabilities already: take {@link classLogit}.
 *
 * @param classIndex - from 0
 * @throws `MgmtError` `interpret/class-out-of-range` when the score is taken
 */
export function classProbability(classIndex: number): Score {
  return (outputs) => {
    const logits = logitsOf(outputs, classIndex);
    if (logits.shape[1] === 1) return tf.sigmoid(classLogit(classIndex)(outputs));
    return tf.reshape(tf.slice(tf.softmax(logits), [0, classIndex], [-1, 1]), [-1]);
  };
}

/** The score that a target means, checked to be one number an image. */
export function scoreOf(target: Target | undefined): Score {
  const score = typeof target === 'function' ? target : target === undefined ? onlyLogit : classLogit(target);
  return (outputs) => {
    const scores = score(outputs);
    const batch = outputs[0]!.shape[0]!;
    if (scores.rank === 1 && scores.shape[0] === batch) return scores;
    throw new MgmtError('the score is not one number for each image', {
      code: 'interpret/bad-score',
      where: 'option target',
      expected: `[${batch}]`,
      found: `[${scores.shape.join(', ')}]`,
    });
  };
}

const onlyLogit: Score = (outputs) => {
  const [, classes] = logitsOf(outputs, 0).shape;
  if (classes === 1) return classLogit(1)(outputs);
  throw outOfRange(classes!, 'none', 'say which class is explained: { target: 3 }');
};

/** `[b, classes]`, of the model's one output `[b, classes]` or `[b]`. */
function logitsOf(outputs: readonly tf.Tensor[], classIndex: number): tf.Tensor2D {
  const [output] = outputs;
  if (outputs.length > 1 || !output || output.rank > 2) {
    throw new MgmtError('the model does not give one row of logits for each image', {
      code: 'interpret/bad-score',
      where: 'option target',
      expected: 'one output [batch, classes]',
      found: outputs.map(({ shape }) => `[${shape.join(', ')}]`).join(' and '),
      hint: 'give a function: { target: (outputs) => outputs[1].max(1) }',
    });
  }
  const [batch, classes = 1] = output.shape as [number, number?];
  const indices = Math.max(2, classes);
  if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= indices) throw outOfRange(classes, `${classIndex}`);
  return tf.reshape(output, [batch, classes]);
}

function outOfRange(classes: number, found: string, hint?: string): MgmtError {
  return new MgmtError('the network has no class of that index', {
    code: 'interpret/class-out-of-range',
    where: 'option target',
    expected: classes === 1 ? '1 for the logit, 0 for its negative' : `an integer from 0 to ${classes - 1}`,
    found,
    ...(hint && { hint }),
  });
}
