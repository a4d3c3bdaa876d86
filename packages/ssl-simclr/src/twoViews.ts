import { MgmtError, rng } from '@mgmt/core';
import { type Augmentation, augmentation, type ImageBatch } from '@mgmt/nn';
import { arrayBatches, type Batch, type BatchSource } from '@mgmt/training';
import * as tf from '@tensorflow/tfjs';
import { partners } from './pairLogits.js';

/** Images to pretrain on, loaded one by one. */
export interface UnlabeledImages {
  /** `[n]`, a name of every image, for errors. */
  readonly ids: readonly string[];
  /** Of one image, `[h, w, c]`, or of a volume, `[d, h, w, c]`. */
  readonly shape: readonly number[];
  /** The `index`-th image in C order, float32. */
  readonly load: (index: number) => Promise<Float32Array>;
}

/** How {@link twoViews} makes its batches. */
export interface TwoViewsConfig {
  readonly augmentation: readonly Augmentation[];
  /** Images of a batch, at least 2; it has twice as many views. */
  readonly batchSize: number;
  /** Of the order of images and of what is drawn for their views. */
  readonly seed: number | string;
}

/**
 * Each image twice, both times changed at random, on the device. Order and views are a function of seed, epoch and batch alone. What is left over when an
 * epoch is divided by the batch size is left out, since the loss of fewer pairs is not comparable; it is other images in each epoch.
 *
 * @returns batches of `[2 N, ...]` views, those of image k at k and at k + N, with the index of each view's partner as its label
 * @throws `MgmtError` `ssl-simclr/too-few-images` where they do not fill one batch; `nn/bad-augmentation`; `training/bad-batches`
 */
export function twoViews(images: UnlabeledImages, { augmentation: steps, batchSize, seed }: TwoViewsConfig): BatchSource {
  const batchesPerEpoch = Math.floor(images.ids.length / batchSize);
  if (!(batchSize >= 2 && batchesPerEpoch >= 1)) throw tooFew(images.ids.length, batchSize);
  const source = arrayBatches({ ...images, batchSize, shuffle: rng(seed).child('order') });
  const augment = augmentation(steps);

  async function* batchesFrom(epoch: number, first: number): AsyncGenerator<Batch> {
    let number = first;
    for await (const { inputs, ids } of source.batchesFrom!(epoch, first)) {
      const images = inputs as tf.Tensor;
      if (number === batchesPerEpoch) return images.dispose();
      const random = rng(seed).child('views').child(epoch).child(number++);
      const views = tf.tidy(() => augment(tf.concat([images, images]) as ImageBatch, random)); // [2n, ...]
      images.dispose();
      yield { inputs: views, labels: partners(2 * batchSize), ids: [...ids, ...ids] };
    }
  }
  return { batches: (epoch) => batchesFrom(epoch, 0), batchesFrom, batchesPerEpoch };
}

function tooFew(images: number, batchSize: number): MgmtError {
  return new MgmtError('there are too few images for a batch of pairs', {
    code: 'ssl-simclr/too-few-images',
    expected: `a batch of 2 images or more, and no more of them than there are (${images})`,
    found: `${batchSize} a batch`,
    hint: 'take a smaller batchSize, or more images',
  });
}
