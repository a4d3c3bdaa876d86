import { MgmtError, type Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { alongAxis, matrixOf } from './alongAxis.js';
import { eachSample, type ImageBatch, spatialOf } from './imageBatch.js';
import { drawFrom, type Range } from './range.js';

/** A box of voxels: first voxel and extent along each spatial axis, whole numbers. */
export interface CropBox {
  readonly start: readonly number[];
  readonly size: readonly number[];
}

/**
 * A box of every sample, stretched to the sample's own extents: linear, voxels as areas (OpenCV's rule, PyTorch's `align_corners=False`). Without a
 * gradient.
 *
 * @param boxes - one for each sample
 * @throws `MgmtError` `nn/box-outside` for a box that is empty or reaches out of the image; `nn/no-image-batch`, `nn/parameter-for-each-sample`
 */
export function resizedCrop<T extends ImageBatch>(x: T, boxes: readonly CropBox[]): T {
  return eachSample(x, boxes, (sample, box) => {
    const spatial = spatialOf(sample);
    if (spatial.some((n, axis) => !(box.size[axis]! >= 1 && box.start[axis]! >= 0 && box.start[axis]! + box.size[axis]! <= n))) {
      throw new MgmtError('a box to crop lies outside of the image', {
        code: 'nn/box-outside',
        expected: `a box within ${spatial.join(' x ')}`,
        found: `start ${box.start.join(', ')}, size ${box.size.join(', ')}`,
      });
    }
    return spatial.reduce<tf.Tensor>((image, n, axis) => alongAxis(image, axis + 1, stretch(n, box.start[axis]!, box.size[axis]!)), sample);
  });
}

/** Some of the samples are cropped and stretched. */
export interface RandomResizedCrop {
  readonly step: 'resizedCrop';
  readonly probability: number;
  /** Share of the image's area, or of the volume, that the box has. */
  readonly share: Range;
  /** Width by height of the box in shares of the image's, drawn on a logarithmic scale. */
  readonly ratio: Range;
}

/** What {@link randomResizedCrop} takes. */
export interface RandomResizedCropConfig {
  readonly probability: number;
  /** `[0.08, 1]` by default, as in torchvision and SimCLR. */
  readonly share?: Range;
  /** `[3 / 4, 4 / 3]` by default, as there. */
  readonly ratio?: Range;
}

/** A random {@link resizedCrop} as data. */
export function randomResizedCrop(config: RandomResizedCropConfig): RandomResizedCrop {
  return { step: 'resizedCrop', share: [0.08, 1], ratio: [3 / 4, 4 / 3], ...config };
}

/** A box of those that the config speaks of. One that would be wider or higher than the image is cut to it. */
export function drawCrop({ share, ratio }: RandomResizedCrop, spatial: readonly number[], random: Rng): CropBox {
  const side = drawFrom(share, random.child('share')) ** (1 / spatial.length);
  const stretched = Math.sqrt(Math.exp(drawFrom([Math.log(ratio[0]), Math.log(ratio[1])], random.child('ratio'))));
  const sides = [side, side / stretched, side * stretched].slice(-spatial.length); // depth, height, width
  const size = spatial.map((n, axis) => Math.min(Math.max(Math.round(n * sides[axis]!), 1), n));
  return {
    size,
    start: spatial.map((n, axis) =>
      random
        .child('start')
        .child(axis)
        .integer(0, n - size[axis]!),
    ),
  };
}

/** The matrix `[n, n]` that reads `size` voxels from `start` on and makes them `n`. */
function stretch(n: number, start: number, size: number): tf.Tensor2D {
  return matrixOf(n, n, (row, i) => {
    const place = Math.min(Math.max(((i + 0.5) * size) / n - 0.5, 0), size - 1);
    const low = Math.floor(place);
    row[start + low] = 1 - (place - low);
    if (place > low) row[start + low + 1] = place - low;
  });
}
