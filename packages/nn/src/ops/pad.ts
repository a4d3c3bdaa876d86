import * as tf from '@tensorflow/tfjs';
import { isBfloat16 } from '../backend/bfloat16.js';
import { rawAttributes, rawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';
import { sliceRaw } from './slice.js';

/**
 * A tensor with a constant around its spatial axes.
 *
 * @param x - `[b, ..., c]`
 * @param pads - `[before, after]` of each spatial axis
 */
export function pad(x: tf.Tensor, pads: readonly (readonly [number, number])[], value: number): tf.Tensor {
  const all = [[0, 0], ...pads.map(([before, after]) => [before, after]), [0, 0]] as [number, number][];
  if (!isBfloat16(rawOps(), x)) return tf.pad(x, all, value);
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  return tf.engine().runKernel(KERNEL, { x }, { all, value });
}

const KERNEL = 'MgmtPadBfloat16';

interface Pads {
  readonly all: readonly (readonly [number, number])[];
  readonly value: number;
}

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const raw = rawOps()!;
      const x = inputs['x']!;
      const { all, value } = attrs as unknown as Pads;
      const [paddings, constant] = [tf.tensor2d(all.flat(), [all.length, 2], 'int32'), likeType(raw, tf.scalar(value), x)];
      const [y] = raw.run('PadV2', [rawAttributes.typeOf(raw, x), rawAttributes.integerType(raw, 'Tpaddings')], [x, paddings, constant], 1);
      return y!;
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x'],
    gradFunc: (given, [x], attrs) => ({
      x: () => {
        const raw = rawOps()!;
        const { all } = attrs as unknown as Pads;
        return sliceRaw(raw, likeType(raw, given as tf.Tensor, x!), all.map(([before]) => before), x!.shape); // prettier-ignore
      },
    }),
  });
}
