import { type Tensor, tidy } from '@tensorflow/tfjs';
import { inputsOf, type UnlabeledBatch } from './batch.js';
import { encodePng } from './encodePng.js';
import type { PngImage } from './tensorBoardEvent.js';

/**
 * What the network is shown: the first inputs of a batch as gray images, by tags with the cases' ids. Of a volume the central slice, of several channels
 * the first, from the image's own darkest to its brightest value; of several inputs each. What is no image (rank below 4) is left out.
 *
 * @param batch - stays the caller's
 * @param count - how many of the batch, 4 by default
 */
export async function inputImages(batch: UnlabeledBatch, count = 4): Promise<Record<string, PngImage>> {
  const tensors = inputsOf(batch);
  const images: [string, PngImage][] = [];
  for (const [branch, tensor] of tensors.entries()) {
    if (tensor.rank !== 4 && tensor.rank !== 5) continue;
    const slices = centralSlices(tensor, Math.min(count, batch.ids.length));
    const [shown, rows, columns] = slices.shape as [number, number, number];
    const values = await slices.data<'float32'>();
    slices.dispose();
    for (let i = 0; i < shown; i++) {
      const heading = tensors.length === 1 ? 'inputs' : `inputs ${branch + 1}`;
      const pixels = toGray(values.subarray(i * rows * columns, (i + 1) * rows * columns));
      images.push([`${heading}/${i + 1} ${batch.ids[i]!}`, encodePng(pixels, rows, columns)]);
    }
  }
  return Object.fromEntries(images);
}

/** `[b, h, w, c]` or `[b, d, h, w, c]` `-> [count, h, w]`: all that leaves the device. */
function centralSlices(tensor: Tensor, count: number): Tensor {
  const [rows, columns] = tensor.shape.slice(-3) as [number, number, number];
  const depth = tensor.rank === 5 ? [Math.floor(tensor.shape[1]! / 2)] : [];
  return tidy(() =>
    tensor
      .slice([0, ...depth, 0, 0, 0], [count, ...depth.map(() => 1), rows, columns, 1])
      .reshape([count, rows, columns])
      .toFloat(),
  );
}

function toGray(values: Float32Array): Uint8Array {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(values, (value) => Math.round((value - low) * scale)); // a NaN becomes 0
}
