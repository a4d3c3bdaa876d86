import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import type { AffinePadding, CropBox, ImageBatch, IntensityChange } from '../../src/index.js';

type Numbers = readonly number[];
interface Golden {
  readonly affine: readonly {
    readonly name: string;
    readonly kind: Kind;
    readonly shape: Numbers;
    readonly padding: AffinePadding;
    readonly parts: Readonly<Record<string, Numbers>>;
    readonly sum: number;
    readonly result: Numbers;
  }[];
  readonly gibbs: readonly { readonly kind: Kind; readonly shape: Numbers; readonly alpha: number; readonly result: Numbers }[];
  readonly taps: readonly { readonly sigma: number; readonly taps: Numbers }[];
  readonly gaussian: readonly { readonly shape: Numbers; readonly sigma: Numbers; readonly result: Numbers }[];
  readonly intensity: readonly { readonly change: IntensityChange; readonly shape: Numbers; readonly result: Numbers }[];
  readonly contrast: readonly { readonly contrast: number; readonly image: Numbers; readonly result: Numbers }[];
  readonly crop: readonly { readonly shape: Numbers; readonly box: CropBox; readonly result: Numbers }[];
}

type Kind = 'sine' | 'arange';

/** What MONAI 0.8.1 and PyTorch computed: tools/golden/nn_augment.py. */
export const golden = JSON.parse(readFileSync(new URL('../golden/augment.json', import.meta.url), 'utf8')) as Golden;

/** A batch of one of the images that the expected values are of: `sin(0.37 i)`, or `i`. */
export function image(shape: Numbers, kind: Kind = 'sine'): ImageBatch {
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, i) => (kind === 'sine' ? Math.sin(0.37 * i) : i));
  return tf.tensor<tf.Rank>(values, [1, ...shape]) as ImageBatch;
}

/** A result that is expected of a batch of one. */
export function expected(values: Numbers, shape: Numbers): tf.Tensor {
  return tf.tensor([...values], [1, ...shape], 'float32');
}

/** Batches of images and of volumes, of odd and even extents, with one channel and with several. */
export const SHAPES = [[[3, 6, 7, 1]], [[2, 5, 4, 3]], [[2, 4, 5, 6, 1]], [[3, 3, 4, 5, 2]]] as const;
