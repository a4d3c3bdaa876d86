import * as tf from '@tensorflow/tfjs';
import { oneDnn, oneDnnHas } from '../backend/oneDnn.js';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';
import { likeType } from './cast.js';

/**
 * Max pooling of `[b, h, w, c]` by a window that needs no padding but TensorFlow's own. On TensorFlow's CPU build it goes to oneDNN by name, which
 * remembers where each maximum was: the gradient takes 2.4 ms where TensorFlow's own searches again for 63 (32x65x65x64, window 3, stride 2).
 */
export function maxPool2d(x: tf.Tensor4D, kernel: readonly number[], stride: readonly number[], padding: 'same' | 'valid'): tf.Tensor4D {
  const raw = rawOps();
  if (!raw || !hasOneDnnPool(raw)) return tf.maxPool(x, kernel as [number, number], stride as [number, number], padding);
  if (!tf.getKernel(KERNEL, 'tensorflow')) register();
  const [y]: tf.Tensor[] = tf.engine().runKernel(KERNEL, { x }, { kernel: [...kernel], stride: [...stride], padding });
  return y as tf.Tensor4D;
}

const KERNEL = 'MgmtMaxPool';

interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: 'same' | 'valid';
}

function register(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => poolAndRemember(rawOps()!, inputs['x']!, attrs as unknown as Window),
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x'],
    outputsToSave: [true, true],
    gradFunc: (dys, [x, y, places], attrs) => ({
      x: () => {
        const raw = rawOps()!;
        const [dy] = dys as unknown as tf.Tensor[];
        const inputs = [x!, y!, likeType(raw, dy!, y!), places!];
        return raw.run('_MklNativeMaxPoolGrad', attributesOf(raw, x!, attrs as unknown as Window), inputs, 1)[0]!;
      },
    }),
  });
}

/** The maxima, and where they were. */
function poolAndRemember(raw: RawOps, x: tf.TensorInfo, window: Window): tf.Tensor[] {
  return raw.run('_MklNativeMaxPool', attributesOf(raw, x, window), [x], 2);
}

function attributesOf(raw: RawOps, x: tf.TensorInfo, { kernel, stride, padding }: Window) {
  return [
    rawAttributes.typeOf(raw, x),
    rawAttributes.integers(raw, 'ksize', [1, ...kernel, 1]),
    rawAttributes.integers(raw, 'strides', [1, ...stride, 1]),
    rawAttributes.text(raw, 'padding', padding.toUpperCase()),
    rawAttributes.text(raw, 'data_format', 'NHWC'),
    rawAttributes.bool(raw, 'workspace_enabled', true),
    oneDnn(raw),
  ];
}

const hasOneDnnPool = oneDnnHas((raw) => {
  const [y] = poolAndRemember(raw, tf.tensor4d([1, 2, 4, 3], [1, 2, 2, 1]), { kernel: [2, 2], stride: [2, 2], padding: 'valid' });
  return y!.dataSync()[0] === 4;
});
