import { MgmtError, type Volume } from '@mgmt/core';
import { blankVolume } from './blankVolume.js';
import { type Box, boxAround, cropToBox } from './box.js';
import { thresholdFor } from './brainThreshold.js';
import { centerSlice } from './centerSlice.js';
import { clahe, type ClaheConfig } from './clahe.js';
import { clipPercentiles, type ClipPercentilesConfig } from './clipPercentiles.js';
import { type Cutaways, cutaways, largestCutaway } from './cutaways.js';
import { brainBox, cropToBrain, type CropToBrainConfig } from './cropToBrain.js';
import { evenSlices, type EvenSlicesConfig } from './evenSlices.js';
import type { Interpolation } from './interpolation.js';
import { minMax } from './minMax.js';
import { minMaxPerSlice } from './minMaxPerSlice.js';
import { toAxial } from './reorient.js';
import { resampleAxial } from './resampleAxial.js';
import { resampleOnto } from './resampleOnto.js';
import { resampleSlices, type ResampleSlicesConfig } from './resampleSlices.js';
import { resampleSpacing, type ResampleSpacingConfig } from './resampleSpacing.js';
import { resizeSlices, type ResizeSlicesConfig, resizeVolume, type ResizeVolumeConfig } from './resize.js';
import { tumorBox, type TumorRegionConfig } from './tumorRegion.js';
import { windowLevel, type WindowLevelConfig } from './windowLevel.js';
import { windowOfSlices, type WindowOfSlicesConfig } from './windowOfSlices.js';
import { zScore, type ZScoreConfig } from './zScore.js';

/** One step of a pipeline: the name of the function and its config, as plain JSON. */
export type Step =
  | { readonly step: 'toAxial' }
  | { readonly step: 'resampleAxial'; readonly interpolation?: Interpolation }
  | ({ readonly step: 'resampleSlices' } & ResampleSlicesConfig)
  | ({ readonly step: 'resampleSpacing' } & ResampleSpacingConfig)
  | ({ readonly step: 'cropToBrain' } & CropToBrainConfig)
  | ({ readonly step: 'cropToBox' } & Box)
  | ({ readonly step: 'windowOfSlices' } & WindowOfSlicesConfig)
  | ({ readonly step: 'evenSlices' } & EvenSlicesConfig)
  | ({ readonly step: 'resizeSlices' } & ResizeSlicesConfig)
  | ({ readonly step: 'resizeVolume' } & ResizeVolumeConfig)
  | { readonly step: 'minMax' }
  | { readonly step: 'minMaxPerSlice' }
  | ({ readonly step: 'zScore' } & ZScoreConfig)
  | ({ readonly step: 'clipPercentiles' } & ClipPercentilesConfig)
  | ({ readonly step: 'windowLevel' } & WindowLevelConfig)
  | ({ readonly step: 'clahe' } & ClaheConfig);

/** A step that takes a case's tumor mask beside the volume. */
export type MaskStep = { readonly step: 'cropToTumor' } & TumorRegionConfig;

/** What steps are run on: volumes of one grid, of which the first decides where the brain is and which slice is its center. */
export interface Stack {
  readonly volumes: readonly [Volume, ...Volume[]];
  /** The first volume once more, without the steps that change gray values: what it showed where the result lies. */
  readonly gray?: Volume;
  /** The tumor, on whatever grid. */
  readonly mask?: Volume;
}

/** Runs steps on several volumes at once; a box or a center that is found in the first is used for all. */
export function runOnStack(steps: readonly (Step | MaskStep)[], stack: Stack): Stack {
  let result = stack;
  let known: KnownCutaways | undefined;
  for (let i = 0; i < steps.length; i++) {
    const [step, next] = [steps[i]!, steps[i + 1]];
    if (step.step === 'windowOfSlices' && step.center === undefined && next?.step === 'cropToBrain') {
      [result, known] = windowWithCutaways(result, step);
    } else if (step.step === 'cropToBrain' && next?.step === 'resizeVolume' && !next.box) {
      const box = boxOfBrain(result.volumes[0], step, known);
      result = onEach(result, (volume) => resizeVolume(volume, { ...next, box })); // the same voxels, without a copy of the brain
      i++;
    } else {
      result = runOne(result, step);
    }
  }
  return result;
}

/** Where the head lies in the slices of a volume, from a look at the volume that they are a window of. */
interface KnownCutaways extends Cutaways {
  readonly volume: Volume;
}

/** The window around the largest cutaway, and the cutaways in it, so that a crop to the brain need not look for them again. */
function windowWithCutaways(stack: Stack, step: WindowOfSlicesConfig): [Stack, KnownCutaways] {
  const [first] = stack.volumes;
  const { threshold, extents } = cutaways(first, step.threshold ?? 'nonzero');
  const center = largestCutaway(extents);
  if (center === undefined) throw blankVolume(first);
  const window = onEach(stack, (volume) => windowOfSlices(volume, { ...step, center }));
  const inWindow = Array.from({ length: step.before + step.after }, (_, k) => extents[center - step.before + k]);
  return [window, { volume: window.volumes[0], threshold, extents: inWindow }];
}

function boxOfBrain(volume: Volume, config: CropToBrainConfig, known: KnownCutaways | undefined): Box {
  const sameHead = known?.volume === volume && known.threshold === 'nonzero' && thresholdFor(volume, config.threshold) === 'nonzero';
  const box = sameHead ? boxAround(known.extents) : brainBox(volume, config);
  if (!box) throw blankVolume(volume);
  return box;
}

function runOne(stack: Stack, step: Step | MaskStep): Stack {
  const [first] = stack.volumes;
  switch (step.step) {
    case 'cropToBrain': {
      if (stack.volumes.length === 1 && !stack.gray) return onEach(stack, (volume) => cropToBrain(volume, step));
      const box = brainBox(first, step);
      return onEach(stack, (volume) => cropToBox(volume, box));
    }
    case 'cropToTumor': {
      const box = tumorBox(resampleOnto(maskOf(stack), first, { interpolation: 'nearest' }), step);
      return onEach(stack, (volume) => cropToBox(volume, box));
    }
    case 'windowOfSlices': {
      const center = step.center ?? centerSlice(first, step.threshold);
      return onEach(stack, (volume) => windowOfSlices(volume, { ...step, center }));
    }
    case 'minMax':
    case 'minMaxPerSlice':
    case 'zScore':
    case 'clipPercentiles':
    case 'windowLevel':
    case 'clahe':
      return { ...stack, volumes: mapAll(stack.volumes, (volume) => changeGray(volume, step)) };
    default:
      return onEach(stack, (volume) => changeGrid(volume, step));
  }
}

type GrayStep = Extract<Step, { step: 'minMax' | 'minMaxPerSlice' | 'zScore' | 'clipPercentiles' | 'windowLevel' | 'clahe' }>;

function changeGray(volume: Volume, step: GrayStep): Volume {
  switch (step.step) {
    case 'minMax':
      return minMax(volume);
    case 'minMaxPerSlice':
      return minMaxPerSlice(volume);
    case 'zScore':
      return zScore(volume, step);
    case 'clipPercentiles':
      return clipPercentiles(volume, step);
    case 'windowLevel':
      return windowLevel(volume, step);
    case 'clahe':
      return clahe(volume, step);
  }
}

function changeGrid(volume: Volume, step: Exclude<Step, GrayStep | { step: 'cropToBrain' | 'windowOfSlices' }>): Volume {
  switch (step.step) {
    case 'toAxial':
      return toAxial(volume);
    case 'resampleAxial':
      return resampleAxial(volume, step);
    case 'resampleSlices':
      return resampleSlices(volume, step);
    case 'resampleSpacing':
      return resampleSpacing(volume, step);
    case 'cropToBox':
      return cropToBox(volume, step);
    case 'evenSlices':
      return evenSlices(volume, step);
    case 'resizeSlices':
      return resizeSlices(volume, step);
    case 'resizeVolume':
      return resizeVolume(volume, step);
    default:
      step satisfies never;
      throw unknownStep(step);
  }
}

/** The error for a step that this version of the package does not have. */
export function unknownStep(step: unknown): MgmtError {
  return new MgmtError('a pipeline has a step that is not known', {
    code: 'preprocess/unknown-step',
    found: JSON.stringify(step),
    hint: 'the pipeline was written by another version of this package',
  });
}

const mapAll = ([first, ...others]: Stack['volumes'], step: (volume: Volume) => Volume): Stack['volumes'] => [
  step(first),
  ...others.map(step),
];

function onEach(stack: Stack, step: (volume: Volume) => Volume): Stack {
  return { ...stack, volumes: mapAll(stack.volumes, step), ...(stack.gray && { gray: step(stack.gray) }) };
}

function maskOf({ mask }: Stack): Volume {
  if (mask) return mask;
  throw new MgmtError('the pipeline takes a tumor mask, and the case has none', {
    code: 'preprocess/no-mask',
    hint: 'region-of-interest studies are of cases with a mask; leave this one out',
  });
}
