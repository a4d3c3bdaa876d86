import { MgmtError } from '@mgmt/core';
import type { CasePipeline } from './casePipeline.js';
import { checkCasePipeline } from './checkCasePipeline.js';
import { badPipeline, checkFields, checkSteps, isRecord } from './checkSteps.js';
import { PIPELINE_VERSION } from './pipeline.js';
import type { MaskStep, Step } from './step.js';

/** A pipeline as text that `pipelineFromJson` reads: its steps, and the version of their meaning. */
export function pipelineToJson(steps: readonly (Step | MaskStep)[]): string {
  return JSON.stringify({ version: PIPELINE_VERSION, steps });
}

/**
 * The steps of a stored pipeline.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `preprocess/bad-pipeline` naming the step and the field, `preprocess/unknown-step`, and `preprocess/other-version` where equal steps
 * meant other voxels when it was written
 * @example
 * const steps = pipelineFromJson(await readFile('input.json', 'utf8'), 'input.json');
 */
export function pipelineFromJson(text: string, where = 'the pipeline'): readonly (Step | MaskStep)[] {
  const { steps, ...rest } = parse(text, where);
  checkFields(rest, {}, where);
  checkSteps(steps, where);
  return steps;
}

/** A case's pipeline as text that `casePipelineFromJson` reads. */
export function casePipelineToJson({ inputs, onto, steps, layout }: CasePipeline): string {
  return JSON.stringify({ version: PIPELINE_VERSION, inputs, onto, steps, layout });
}

/**
 * A stored pipeline of a case.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` as {@link pipelineFromJson}
 */
export function casePipelineFromJson(text: string, where = 'the pipeline'): CasePipeline {
  const pipeline = parse(text, where);
  checkCasePipeline(pipeline, where);
  return pipeline;
}

/** The members of a stored pipeline without its version. */
function parse(text: string, where: string): Readonly<Record<string, unknown>> {
  const { version, ...rest } = asRecord(text, where);
  if (version !== PIPELINE_VERSION) {
    throw new MgmtError('the pipeline was written by another version of this package', {
      code: 'preprocess/other-version',
      where,
      expected: `version ${PIPELINE_VERSION}`,
      found: JSON.stringify(version) ?? 'none',
      hint: 'make it again with this version: equal steps may give other voxels now',
    });
  }
  return rest;
}

function asRecord(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badPipeline(where, 'JSON', text.slice(0, 80));
  }
  if (!isRecord(value)) throw badPipeline(where, 'an object with version and steps', value);
  return value;
}
