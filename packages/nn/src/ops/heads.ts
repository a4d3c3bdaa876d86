import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps } from '../backend/rawOps.js';
import { currentPrecision, type Precision } from '../precision.js';
import { toFloat32 } from './cast.js';
import { inPrecision, product, typeIn } from './product.js';

/**
 * `x W_h^T` for each head: `[rows, dim]` and `[heads size, dim]`, PyTorch's own layout, to `[heads, rows, size]`. Written head by head, the result is
 * where attention wants it, and nothing is transposed; {@link fromHeads} is the adjoint. Both take their products in the current precision.
 */
export function toHeads(x: tf.Tensor2D, weight: tf.Tensor2D, heads: number): tf.Tensor3D {
  if (rawOps()) return fused(TO_HEADS, x, weight, heads) as tf.Tensor3D;
  const size = weight.shape[0] / heads;
  return tf.transpose(tf.reshape(tf.matMul(x, weight, false, true), [-1, heads, size]), [1, 0, 2]) as tf.Tensor3D;
}

/** The sum over heads of `x_h W_h`: `[heads, rows, size]` and `[heads size, dim]` to `[rows, dim]`. */
export function fromHeads(x: tf.Tensor3D, weight: tf.Tensor2D): tf.Tensor2D {
  if (rawOps()) return fused(FROM_HEADS, x, weight, x.shape[0]) as tf.Tensor2D;
  return tf.matMul(besides(x), weight);
}

/** The heads of a row beside each other: `[heads, rows, size]` to `[rows, heads size]`. */
export function besides(x: tf.Tensor): tf.Tensor2D {
  const [heads, rows, size] = x.shape as [number, number, number];
  return tf.reshape(tf.transpose(x, [1, 0, 2]), [rows, heads * size]) as tf.Tensor2D;
}

const TO_HEADS = 'MgmtToHeads';
const FROM_HEADS = 'MgmtFromHeads';

interface Attributes {
  readonly heads: number;
  readonly precision: Precision;
}

function fused(kernel: string, x: tf.Tensor, weight: tf.Tensor2D, heads: number): tf.Tensor {
  if (!tf.getKernel(kernel, 'tensorflow')) register();
  const result: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(kernel, { x, weight }, { heads, precision: currentPrecision() });
  return Array.isArray(result) ? result[0]! : result;
}

function register(): void {
  const settings = (attrs: unknown) => attrs as Attributes;
  tf.registerKernel({
    kernelName: TO_HEADS,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => spread(inputs['x'] as tf.Tensor, inputs['weight'] as tf.Tensor, settings(attrs)),
  });
  tf.registerGradient({
    kernelName: TO_HEADS,
    inputsToSave: ['x', 'weight'],
    gradFunc: (dy, [x, weight], attrs) => {
      const rows = besides(dy as tf.Tensor); // for both
      const { precision } = settings(attrs);
      return {
        x: () => product(rawOps()!, rows, weight!, { precision }),
        weight: () => product(rawOps()!, rows, x!, { transposed: 'a', precision }),
      };
    },
  });
  tf.registerKernel({
    kernelName: FROM_HEADS,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const rows = besides(inputs['x'] as tf.Tensor);
        return [product(rawOps()!, rows, inputs['weight'] as tf.Tensor, { precision: settings(attrs).precision }), rows];
      }),
  });
  tf.registerGradient({
    kernelName: FROM_HEADS,
    inputsToSave: ['weight'],
    outputsToSave: [false, true],
    gradFunc: (dys, [weight, rows], attrs) => {
      const [dy] = dys as unknown as tf.Tensor[];
      return {
        x: () => spread(dy!, weight!, settings(attrs)),
        weight: () => product(rawOps()!, rows!, dy!, { transposed: 'a', precision: settings(attrs).precision }),
      };
    },
  });
}

/** `[rows, dim]` and `[heads size, dim]` to `[heads, rows, size]`, without a gradient. */
function spread(x: tf.Tensor, weight: tf.Tensor, { heads, precision }: Attributes): tf.Tensor {
  const raw = rawOps()!;
  return tf.tidy(() => {
    const [[rows, dim], [inner]] = [x.shape as [number, number], weight.shape as [number, number]];
    const factors = inPrecision([tf.reshape(x, [1, rows, dim]), tf.reshape(weight, [heads, inner / heads, dim])], precision);
    const attributes = [typeIn(raw, precision), rawAttributes.bool(raw, 'adj_x', false), rawAttributes.bool(raw, 'adj_y', true)];
    return toFloat32(raw, raw.run('BatchMatMulV2', attributes, factors, 1)[0]!);
  });
}
