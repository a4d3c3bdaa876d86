import { MgmtError } from '@mgmt/core';
import { attentionMaps } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { attentionRollout, type AttentionRolloutOptions } from './attentionRollout.js';
import type { FloatArray } from './floatArray.js';
import { leafLayers } from './layers.js';
import { gridOf, type ModelInput, withInputs } from './modelInputs.js';
import { resizeMap } from './resizeMap.js';
import { rolloutMap, type RolloutMapOptions } from './rolloutMap.js';

/** Options of {@link attentionMap}. */
export interface AttentionMapOptions extends AttentionRolloutOptions, Partial<RolloutMapOptions> {
  /** Patches along each axis; by default as the model's `Patches` layer cuts them. */
  readonly patches?: readonly number[];
  /** `input` (by default) lays the map on the image's grid by {@link resizeMap}; `patches` leaves it on the patches'. */
  readonly grid?: 'input' | 'patches';
}

/**
 * What a vision transformer's answer draws on: {@link attentionRollout} over its attention layers, {@link rolloutMap}, on the image. It says nothing
 * of a class, for or against.
 *
 * @param model - with one input and attention layers of `@mgmt/nn`, such as `vit` of `@mgmt/models-vit`
 * @returns `[b, (d,) h, w]`
 * @throws `MgmtError` `nn/no-attention`, `interpret/bad-attention`, `interpret/wrong-input`
 * @example
 * const map = await attentionMap(transformer, image);
 * map.shape; // [1, 16, 16]
 */
export async function attentionMap(model: tf.LayersModel, x: ModelInput, options: AttentionMapOptions = {}): Promise<FloatArray> {
  const { heads, pool, grid = 'input' } = options;
  return withInputs(model, x, async ([image]) => {
    const imageGrid = gridOf(image!);
    const attentions = attentionMaps(model, image!);
    try {
      const patches = options.patches ?? patchesOf(model, imageGrid);
      const map = rolloutMap(await attentionRollout(attentions, { heads }), { patches, pool });
      return grid === 'input' ? resizeMap(map, imageGrid) : map;
    } finally {
      tf.dispose(attentions);
    }
  });
}

/** Patches along each axis, of the layer that cuts the image. */
function patchesOf(model: tf.LayersModel, grid: readonly number[]): readonly number[] {
  const cut = leafLayers(model).find(({ layer }) => layer.getClassName() === 'MgmtPatches');
  if (!cut) {
    throw new MgmtError('the model does not say how it cuts its image', {
      code: 'interpret/bad-attention',
      expected: "a Patches layer of @mgmt/nn, or option patches: the patches along each of the image's axes",
    });
  }
  const patch = cut.layer.getConfig()['patch'] as number | readonly number[];
  return grid.map((n, axis) => n / (typeof patch === 'number' ? patch : patch[axis]!));
}
