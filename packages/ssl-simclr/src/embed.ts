import type { LayersModel } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import type { Embeddings } from './embeddings.js';
import type { UnlabeledImages } from './twoViews.js';

/**
 * What an encoder makes of images, in their order and in evaluation mode.
 *
 * @param options - `batchSize`: images at once, 64 by default
 * @example
 * const before = nearestNeighborAccuracy(await embed(encoder, slices), slices.slices.map(({ modality }) => modality));
 */
export async function embed(
  encoder: LayersModel,
  { ids, shape, load }: UnlabeledImages,
  { batchSize = 64 }: { readonly batchSize?: number } = {},
): Promise<Embeddings> {
  const dim = encoder.outputs[0]!.shape.at(-1)!;
  const data = new Float32Array(ids.length * dim);
  for (let begin = 0; begin < ids.length; begin += batchSize) {
    const images = await Promise.all(ids.slice(begin, begin + batchSize).map((_, i) => load(begin + i)));
    const features = tf.tidy(
      () => encoder.apply(tf.stack(images.map((image) => tf.tensor(image, [...shape]))), { training: false }) as tf.Tensor,
    );
    data.set(await features.data<'float32'>(), begin * dim);
    features.dispose();
  }
  return { data, shape: [ids.length, dim] };
}
