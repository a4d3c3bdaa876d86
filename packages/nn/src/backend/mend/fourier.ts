import * as tf from '@tensorflow/tfjs';
import { composed } from './kernel.js';

/** `FFT` and `IFFT` over the last axis, as products with the matrices of cosines and sines: `[b, n]` complex to the same. */
export const fft = transform(1);
export const ifft = transform(-1);

function transform(direction: 1 | -1): tf.KernelFunc {
  return composed<{ readonly input: tf.Tensor }, object>(({ input }) => {
    const n = input.shape.at(-1)!;
    const [re, im] = [tf.real(input), tf.imag(input)].map((part) => tf.reshape(part, [-1, n])) as [tf.Tensor, tf.Tensor];
    const scale = direction === 1 ? 1 : 1 / n;
    const [cosines, sines] = [wave(Math.cos, n, scale), wave(Math.sin, n, scale * direction)];
    const real = tf.add(tf.matMul(re, cosines), tf.matMul(im, sines)); // (re + i im) (cos - i sin)
    const imaginary = tf.sub(tf.matMul(im, cosines), tf.matMul(re, sines));
    return tf.reshape(tf.complex(real, imaginary), input.shape);
  });
}

/** `[n, n]`: a wave of each whole frequency. */
function wave(form: (angle: number) => number, n: number, scale: number): tf.Tensor2D {
  const turn = Float32Array.from({ length: n }, (_, i) => scale * form((2 * Math.PI * i) / n));
  return tf.tensor2d(
    Float32Array.from({ length: n * n }, (_, i) => turn[(Math.floor(i / n) * (i % n)) % n]!),
    [n, n],
  );
}
