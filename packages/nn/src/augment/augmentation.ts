import type { Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { affine } from './affine.js';
import { checkAugmentations } from './checkAugmentations.js';
import { flip, type RandomFlip } from './flip.js';
import { gaussianSmooth, type RandomGaussianSmooth } from './gaussianSmooth.js';
import { gibbsNoise, type RandomGibbsNoise } from './gibbsNoise.js';
import { checkImageBatch, eachSample, type ImageBatch, spatialOf } from './imageBatch.js';
import { changeIntensity, drawIntensity, type RandomIntensity } from './intensity.js';
import { drawAffine, type RandomAffine } from './randomAffine.js';
import { drawFrom } from './range.js';
import { drawCrop, type RandomResizedCrop, resizedCrop } from './resizedCrop.js';

/** One random change of images, as plain JSON: what it is, how probable, and the ranges of its parameters. */
export type Augmentation = RandomFlip | RandomAffine | RandomGibbsNoise | RandomGaussianSmooth | RandomResizedCrop | RandomIntensity;

/**
 * Changes a batch at random; the result is a new tensor and belongs to the caller.
 *
 * @param random - a stream for the batch, of which each sample takes the child of its index, or one stream for each sample: named by case and epoch,
 * they give a case the same change whatever batch it comes in
 */
export type Augment = <T extends ImageBatch>(batch: T, random: Rng | readonly Rng[]) => T;

/**
 * Augmentations one after another, as one function of a batch and its randomness. A sample that does not draw an augmentation is not touched by it, and
 * what it draws depends on its stream, the augmentation's name, and how many of that name come before: not on its neighbors, nor on other augmentations.
 *
 * @throws `MgmtError` `nn/bad-augmentation`, `nn/unknown-augmentation`; of a batch also `nn/no-image-batch`, `nn/parameter-for-each-sample`
 * @example
 * const augment = augmentation([randomFlip({ axis: 'width', probability: 0.5 }), randomAffine({ rotationDegrees: 15, probability: 0.5 })]);
 * const augmented = augment(batch, rng(seed).child('augment').child(epoch).child(step));
 */
export function augmentation(steps: readonly Augmentation[]): Augment {
  checkAugmentations(steps, 'the augmentation');
  const named = steps.map((step, i) => ({ step, nth: steps.slice(0, i).filter((earlier) => earlier.step === step.step).length }));
  return (batch, random) => {
    checkImageBatch(batch);
    const streams = isOne(random) ? Array.from({ length: batch.shape[0] }, (_, i) => random.child(i)) : random;
    return eachSample(batch, streams, (sample, stream) =>
      named.reduce((image, { step, nth }) => {
        const own = stream.child(step.step).child(nth);
        return own.chance(step.probability) ? tf.tidy(() => changed(image, step, own)) : image;
      }, sample),
    );
  };
}

/** One sample, changed by what its stream says. */
function changed<T extends ImageBatch>(image: T, step: Augmentation, random: Rng): T {
  const spatial = spatialOf(image);
  switch (step.step) {
    case 'flip':
      return flip(image, [step.axis]);
    case 'affine':
      return affine(image, [drawAffine(step, spatial, random)], step);
    case 'gibbsNoise':
      return gibbsNoise(image, [drawFrom(step.alpha, random.child('alpha'))]);
    case 'gaussianSmooth':
      return gaussianSmooth(image, [spatial.map((_, axis) => drawFrom(step.sigma, random.child('sigma').child(axis)))]);
    case 'resizedCrop':
      return resizedCrop(image, [drawCrop(step, spatial, random)]);
    case 'intensity':
      return changeIntensity(image, [drawIntensity(step, random)]);
  }
}

function isOne(random: Rng | readonly Rng[]): random is Rng {
  return !Array.isArray(random);
}
