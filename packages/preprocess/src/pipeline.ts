import { hashText, stableJson, type Volume } from '@mgmt/core';
import { checkSteps } from './checkSteps.js';
import { type MaskStep, runOnStack, type Step } from './step.js';
import type { FittedSteps } from './stepFit.js';

/**
 * Steps that fit one another, as plain data. One that cannot follow what stands before it does not compile: `windowOfSlices` looks for its center among axial
 * slices, `clahe` takes voxels in `[0, 1]` unless it is told otherwise, and no step has a field that it does not know.
 *
 * @returns the steps as they were given
 * @throws `MgmtError` `preprocess/bad-pipeline` where a value is out of range, and for misfits that the compiler could not see
 * @example
 * const input = pipeline([{ step: 'toAxial' }, { step: 'windowOfSlices', before: 32, after: 32 }, { step: 'minMax' }, { step: 'clahe' }]);
 * runPipeline(input, head);
 */
export function pipeline<const T extends readonly (Step | MaskStep)[]>(steps: T & FittedSteps<T>): T {
  checkSteps(steps, 'the pipeline');
  return steps;
}

/**
 * Runs a volume through the steps, in their order.
 *
 * @throws `MgmtError` `preprocess/unknown-step`, and what the steps throw
 * @example
 * runPipeline([{ step: 'toAxial' }, { step: 'cropToBrain', threshold: 'auto' }, { step: 'minMaxPerSlice' }], head);
 */
export function runPipeline(steps: readonly Step[], volume: Volume): Volume {
  return runOnStack(steps, { volumes: [volume] }).volumes[0];
}

/**
 * A name for what a pipeline computes: equal for equal steps whatever the order of their members, different for others, and different again once the
 * same steps give other voxels.
 *
 * @returns 128 bits, hexadecimal; for caches, not against an adversary
 */
export function pipelineHash(steps: readonly (Step | MaskStep)[]): string {
  return hashOfStored({ steps });
}

/** The hash of anything that {@link PIPELINE_VERSION} says the meaning of. */
export function hashOfStored(content: object): string {
  const text = stableJson({ version: PIPELINE_VERSION, ...content });
  return [0, 1, 2, 3].map((salt) => (hashText(`${salt}:${text}`) >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Counts up whenever equal steps begin to give other voxels. */
export const PIPELINE_VERSION = 1;
