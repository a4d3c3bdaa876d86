import * as tf from '@tensorflow/tfjs';
import { composed } from './kernel.js';

type Extents = [number, number, number, number];

/** `ResizeNearestNeighborGrad`: each element of `dy` goes back to where it was taken from. */
export const nearestGradient = composed<
  { readonly images: tf.Tensor; readonly dy: tf.Tensor },
  { readonly alignCorners: boolean; readonly halfPixelCenters?: boolean }
>(({ images, dy }, { alignCorners, halfPixelCenters = false }) => {
  const [b, h, w, c] = images.shape as Extents;
  const [, height, width] = dy.shape as Extents;
  const sources = (n: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const at = alignCorners && count > 1 ? (i * (n - 1)) / (count - 1) : ((i + (halfPixelCenters ? 0.5 : 0)) * n) / count;
      return Math.min(alignCorners ? Math.round(at) : Math.floor(at), n - 1);
    });
  const [rows, columns] = [sources(h, height), sources(w, width)];
  const [values, gradient] = [dy.dataSync<'float32'>(), new Float32Array(images.size)];
  let from = 0;
  for (let image = 0; image < b; image++) {
    for (const row of rows) {
      for (const column of columns) {
        const to = ((image * h + row) * w + column) * c;
        for (let channel = 0; channel < c; channel++) gradient[to + channel]! += values[from++]!;
      }
    }
  }
  return tf.tensor(gradient, images.shape, 'float32');
});
