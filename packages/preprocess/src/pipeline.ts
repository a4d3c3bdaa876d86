import { hashText, MgmtError, stableJson, type Volume } from '@mgmt/core';
import { cropToBrain, type CropToBrainConfig } from './cropToBrain.js';
import { minMaxPerSlice } from './minMaxPerSlice.js';
import { toAxial } from './reorient.js';
import { resampleSlices, type ResampleSlicesConfig } from './resampleSlices.js';
import { resizeSlices, type ResizeSlicesConfig, resizeVolume, type ResizeVolumeConfig } from './resize.js';
import { windowLevel, type WindowLevelConfig } from './windowLevel.js';
import { windowOfSlices, type WindowOfSlicesConfig } from './windowOfSlices.js';

/** One step of a pipeline: the name of the function and its config, as plain JSON. */
export type Step =
  | { readonly step: 'toAxial' }
  | ({ readonly step: 'cropToBrain' } & CropToBrainConfig)
  | ({ readonly step: 'windowOfSlices' } & WindowOfSlicesConfig)
  | ({ readonly step: 'resampleSlices' } & ResampleSlicesConfig)
  | ({ readonly step: 'resizeSlices' } & ResizeSlicesConfig)
  | ({ readonly step: 'resizeVolume' } & ResizeVolumeConfig)
  | { readonly step: 'minMaxPerSlice' }
  | ({ readonly step: 'windowLevel' } & WindowLevelConfig);

/**
 * Runs a volume through the steps, in their order.
 *
 * @throws `MgmtError` `preprocess/unknown-step`, and what the steps throw
 * @example
 * runPipeline([{ step: 'toAxial' }, { step: 'cropToBrain', threshold: 'auto' }, { step: 'minMaxPerSlice' }], head);
 */
export function runPipeline(steps: readonly Step[], volume: Volume): Volume {
  return steps.reduce(runStep, volume);
}

function runStep(volume: Volume, step: Step): Volume {
  switch (step.step) {
    case 'toAxial':
      return toAxial(volume);
    case 'cropToBrain':
      return cropToBrain(volume, step);
    case 'windowOfSlices':
      return windowOfSlices(volume, step);
    case 'resampleSlices':
      return resampleSlices(volume, step);
    case 'resizeSlices':
      return resizeSlices(volume, step);
    case 'resizeVolume':
      return resizeVolume(volume, step);
    case 'minMaxPerSlice':
      return minMaxPerSlice(volume);
    case 'windowLevel':
      return windowLevel(volume, step);
    default:
      step satisfies never;
      throw new MgmtError('a pipeline has a step that is not known', {
        code: 'preprocess/unknown-step',
        found: JSON.stringify(step),
        hint: 'the pipeline was written by another version of this package',
      });
  }
}

/**
 * A name for what a pipeline computes: equal for equal steps whatever the order of their members, different for others, and different again once the
 * same steps give other voxels.
 *
 * @returns 128 bits, hexadecimal; for caches, not against an adversary
 */
export function pipelineHash(steps: readonly Step[]): string {
  const text = stableJson({ version: VERSION, steps });
  return [0, 1, 2, 3].map((salt) => (hashText(`${salt}:${text}`) >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Counts up whenever equal steps begin to give other voxels. */
const VERSION = 1;
