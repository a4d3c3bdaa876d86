import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { evaluateScore, repeatImage } from './evaluateScore.js';
import type { FloatArray } from './floatArray.js';
import { chosenInput, gridOf, type ModelInput, withInputs } from './modelInputs.js';
import { nextTurn } from './nextTurn.js';
import { scoreOf, type Target } from './score.js';

/** Options of {@link occlusion}. */
export interface OcclusionOptions {
  /** Extent of what is covered: one for all spatial axes, or one each. Larger than an axis covers all of it. */
  readonly patch: number | readonly number[];
  /** How far the patch moves, at most its own extent; half of it, rounded up, by default. */
  readonly stride?: number | readonly number[];
  /** What stands in its place: each channel's mean over the image (by default), or a number. */
  readonly fill?: 'mean' | number;
  /** What is watched: a class's logit by its index, its probability by {@link classProbability}, or any score; the logit of a network that has one, by default. */
  readonly target?: Target;
  /** Of several inputs, the one that is covered; the first by default. */
  readonly input?: number;
  /** Covered images that the model takes at once, 16 by default. */
  readonly batchSize?: number;
  /** Hears after each batch how many of all covered images are done. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Stops before the next batch. */
  readonly signal?: AbortSignal;
}

/** A map for each image, on the image's own grid. */
export interface OcclusionMap extends FloatArray {
  /** `[b, h, w]` or `[b, d, h, w]` */
  readonly shape: readonly number[];
  /** `[b]`, of the images as they are. */
  readonly scores: Float32Array;
}

/**
 * Occlusion: how far the score falls when a patch of the image is covered. It asks the model, not its gradients: one pass for each place of the
 * patch. Patches begin at every multiple of the stride until one reaches the border, where it is cut off; a voxel's value is the mean fall over the
 * patches that cover it, positive where the image speaks for the class.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`; all channels are covered together
 * @throws `MgmtError` `interpret/bad-patch`, `interpret/no-spatial-axes`, `interpret/class-out-of-range`, `interpret/bad-score`,
 * `interpret/wrong-input`; the signal's reason
 * @remarks Zeiler & Fergus 2014, doi:10.1007/978-3-319-10590-1_53, section 4.2.
 * @example
 * const map = await occlusion(network, image, { patch: 4, target: classProbability(1) });
 * map.shape; // [1, 16, 16]
 */
export async function occlusion(model: tf.LayersModel, x: ModelInput, options: OcclusionOptions): Promise<OcclusionMap> {
  const { fill = 'mean', target, input = 0, batchSize = 16, onProgress, signal } = options;
  const score = scoreOf(target);
  return withInputs(model, x, async (inputs) => {
    const image = chosenInput(inputs, input);
    const grid = gridOf(image);
    const windows = placePatches(grid, options);
    if (!Number.isInteger(batchSize) || batchSize < 1) throw badPatch('option batchSize', 'an integer of at least 1', `${batchSize}`);
    const images = image.shape[0]!;
    const scores = await evaluateScore(model, inputs, score);
    const falls = new FallMap(images, grid);
    for (let index = 0, done = 0; index < images; index++) {
      for (let start = 0; start < windows.length; start += batchSize) {
        const covered = windows.slice(start, start + batchSize);
        signal?.throwIfAborted();
        const batch = tf.tidy(() => {
          const copies = repeatImage(inputs, index, covered.length);
          return copies.with(input, cover(copies[input]!, covered, fill));
        });
        try {
          const found = await evaluateScore(model, batch, score);
          covered.forEach((window, i) => falls.add(index, window, scores[index]! - found[i]!));
        } finally {
          tf.dispose(batch);
        }
        onProgress?.({ done: (done += covered.length), total: images * windows.length });
        await nextTurn();
      }
    }
    return { data: falls.means(), shape: [images, ...grid], scores };
  });
}

/** A box of voxels, half open on each spatial axis. */
type Window = readonly { readonly start: number; readonly stop: number }[];

/** Every place of the patch, the last axis moving fastest. */
function placePatches(grid: readonly number[], { patch, stride }: Pick<OcclusionOptions, 'patch' | 'stride'>): Window[] {
  const extents = perAxis(patch, grid, 'patch').map((extent, axis) => Math.min(extent, grid[axis]!));
  const strides = stride === undefined ? extents.map((extent) => Math.ceil(extent / 2)) : perAxis(stride, grid, 'stride');
  return grid.reduce<Window[]>(
    (windows, n, axis) => {
      const [extent, step] = [extents[axis]!, strides[axis]!];
      if (step > extent) throw badPatch('option stride', `at most the patch's extent, ${extents.join(' x ')}`, strides.join(' x '));
      const starts = Array.from({ length: Math.ceil((n - extent) / step) + 1 }, (_, i) => i * step);
      return windows.flatMap((window) => starts.map((start) => [...window, { start, stop: Math.min(start + extent, n) }]));
    },
    [[]],
  );
}

function perAxis(value: number | readonly number[], grid: readonly number[], option: string): readonly number[] {
  const values = typeof value === 'number' ? grid.map(() => value) : value;
  if (values.length === grid.length && values.every((n) => Number.isInteger(n) && n > 0)) return values;
  throw badPatch(`option ${option}`, `a positive integer, or ${grid.length} of them`, values.join(' x '));
}

/** Each image with its own window filled: `[n, ...]` to the same. */
function cover(images: tf.Tensor, windows: readonly Window[], fill: 'mean' | number): tf.Tensor {
  const axes = windows[0]!.map((_, axis) => axis + 1);
  const value = fill === 'mean' ? tf.mean(images, axes, true) : tf.scalar(fill);
  const inside = axes.map((axis, a) => {
    const n = images.shape[axis]!;
    const line = windows.flatMap((window) => Array.from({ length: n }, (_, i) => Number(i >= window[a]!.start && i < window[a]!.stop)));
    return tf.tensor(line, [windows.length, ...images.shape.slice(1).map((_, other) => (other === a ? n : 1))]); // [n, 1, h, 1, 1]
  });
  const covered = inside.reduce((product, line) => tf.mul(product, line)); // [n, d, h, w, 1]
  return tf.add(tf.mul(images, tf.sub(1, covered)), tf.mul(value, covered));
}

/** The falls of all windows, added up voxel by voxel. */
class FallMap {
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;
  readonly #size: number;

  constructor(
    images: number,
    private readonly grid: readonly number[],
  ) {
    this.#size = grid.reduce((product, n) => product * n, 1);
    this.#sums = new Float64Array(images * this.#size);
    this.#counts = new Float64Array(images * this.#size);
  }

  add(image: number, window: Window, fall: number): void {
    const [slices = { start: 0, stop: 1 }, rows, columns] = window.length === 3 ? window : [undefined, ...window];
    const [height, width] = this.grid.slice(-2) as [number, number];
    for (let k = slices.start; k < slices.stop; k++) {
      for (let j = rows!.start; j < rows!.stop; j++) {
        const row = image * this.#size + (k * height + j) * width;
        for (let i = row + columns!.start; i < row + columns!.stop; i++) {
          this.#sums[i]! += fall;
          this.#counts[i]! += 1;
        }
      }
    }
  }

  means(): Float32Array {
    return Float32Array.from(this.#sums, (sum, i) => sum / this.#counts[i]!);
  }
}

function badPatch(where: string, expected: string, found: string): MgmtError {
  return new MgmtError('the image cannot be covered so', { code: 'interpret/bad-patch', where, expected, found });
}
