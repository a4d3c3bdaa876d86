import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import type { FloatArray } from './floatArray.js';

/** What a model is given: a batch `[b, ...]` as a tensor, which stays the caller's, or as plain numbers; of a model with several inputs, one each. */
export type ModelInput = tf.Tensor | FloatArray | readonly (tf.Tensor | FloatArray)[];

/**
 * Hands the inputs on as tensors, and frees those that it made once `use` is through.
 *
 * @throws `MgmtError` `interpret/wrong-input` where number, shapes or batches are not those that the model takes
 */
export async function withInputs<T>(model: tf.LayersModel, x: ModelInput, use: (inputs: readonly tf.Tensor[]) => Promise<T>): Promise<T> {
  const given = 'shape' in x ? [x] : x;
  check(model, given);
  const made: tf.Tensor[] = [];
  try {
    const inputs = given.map((each) => {
      if (isTensor(each)) return each;
      const tensor = tf.tensor(each.data, [...each.shape], 'float32');
      made.push(tensor);
      return tensor;
    });
    return await use(inputs);
  } finally {
    tf.dispose(made);
  }
}

/** The input that a map is laid on. */
export function chosenInput(inputs: readonly tf.Tensor[], index: number): tf.Tensor {
  const input = inputs[index];
  if (input) return input;
  throw new MgmtError('the model has no input of that number', {
    code: 'interpret/wrong-input',
    where: 'option input',
    expected: `0 to ${inputs.length - 1}`,
    found: `${index}`,
  });
}

/**
 * `[d, h, w]` or `[h, w]`, the grid of an input `[b, (d,) h, w, c]`.
 *
 * @throws `MgmtError` `interpret/no-spatial-axes`
 */
export function gridOf(input: tf.Tensor): readonly number[] {
  if (input.rank === 4 || input.rank === 5) return input.shape.slice(1, -1);
  throw new MgmtError('the input is no image, so nothing can be shown on it', {
    code: 'interpret/no-spatial-axes',
    expected: '[batch, height, width, channel] or [batch, depth, height, width, channel]',
    found: `[${input.shape.join(', ')}]`,
  });
}

function isTensor(x: tf.Tensor | FloatArray): x is tf.Tensor {
  return 'dataId' in x; // by what it has: a tensor may come from a second copy of tfjs
}

function check({ inputs }: tf.LayersModel, given: readonly (tf.Tensor | FloatArray)[]): void {
  const names = inputs.map(({ name }) => name).join(', ');
  if (given.length !== inputs.length) throw wrong(names, `${inputs.length} inputs`, `${given.length}`);
  given.forEach((x, i) => {
    const { name, shape } = inputs[i]!;
    const fits = x.shape.length === shape.length && shape.every((n, axis) => axis === 0 || n === null || n === x.shape[axis]);
    const expected = `[${['batch', ...shape.slice(1).map((n) => n ?? 'any')].join(', ')}]`;
    if (!fits || x.shape[0]! < 1) throw wrong(name, expected, `[${x.shape.join(', ')}]`);
    const size = tf.util.sizeFromShape([...x.shape]);
    if (!isTensor(x) && x.data.length !== size) throw wrong(name, `${size} numbers for [${x.shape.join(', ')}]`, `${x.data.length}`);
  });
  const batches = given.map(({ shape }) => shape[0]);
  if (new Set(batches).size > 1) throw wrong(names, 'as many images in each', batches.join(', '));
}

function wrong(where: string, expected: string, found: string): MgmtError {
  const hint = 'an image alone needs a batch axis of 1 in front, and a channel axis behind';
  return new MgmtError('this is not what the model takes', { code: 'interpret/wrong-input', where, expected, found, hint });
}
