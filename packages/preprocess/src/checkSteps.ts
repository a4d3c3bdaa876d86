import { MgmtError } from '@mgmt/core';
import type { MaskStep, Step } from './step.js';
import { type Check, STEP_FIELDS } from './stepFields.js';
import { type Facts, fitOf, LACKS } from './stepFit.js';

/**
 * Steps from outside: every one known, every field in range, none more, and each fit for what stands before it.
 *
 * @param where - what is checked, for errors
 * @throws `MgmtError` `preprocess/unknown-step`; `preprocess/bad-pipeline` naming the step and the field
 */
export function checkSteps(steps: unknown, where: string): asserts steps is readonly (Step | MaskStep)[] {
  if (!Array.isArray(steps)) throw badPipeline(`${where}: steps`, 'a list of steps', steps);
  let facts: Facts = { axial: false, unit: false };
  steps.forEach((candidate: unknown, i) => {
    const place = `${where}: step ${i + 1}`;
    const step = checkStep(candidate, place);
    const fit = fitOf(step)!;
    for (const fact of ['axial', 'unit'] as const) {
      if (fit.needs[fact] && !facts[fact]) throw badPipeline(`${place}, ${step.step}`, `what fits: ${step.step} ${LACKS[fact]}`, candidate);
    }
    facts = { ...facts, ...fit.gives };
  });
}

function checkStep(step: unknown, place: string): Step | MaskStep {
  const name = isRecord(step) ? step.step : undefined;
  if (typeof name !== 'string' || !Object.hasOwn(STEP_FIELDS, name)) {
    throw new MgmtError('a pipeline has a step that is not known', {
      code: 'preprocess/unknown-step',
      where: place,
      expected: `step: one of ${Object.keys(STEP_FIELDS).join(', ')}`,
      found: JSON.stringify(step),
      hint: 'the pipeline was written by another version of this package',
    });
  }
  const { step: _name, ...fields } = step as Record<string, unknown>;
  checkFields(fields, STEP_FIELDS[name as Step['step']], `${place}, ${name}`);
  return step as Step | MaskStep;
}

/** @throws `MgmtError` `preprocess/bad-pipeline` for a field that is missing, out of range, or not known */
export function checkFields(fields: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>, where: string): void {
  for (const [field, check] of Object.entries(checks)) {
    const expected = check(fields[field]);
    if (expected) throw badPipeline(`${where}: ${field}`, expected, fields[field]);
  }
  const extra = Object.keys(fields).find((field) => !Object.hasOwn(checks, field));
  if (extra !== undefined)
    throw badPipeline(`${where}: ${extra}`, `no such field, only ${Object.keys(checks).join(', ') || 'the name'}`, fields[extra]);
}

/** The error for a pipeline that cannot be run as it is. */
export function badPipeline(where: string, expected: string, found: unknown): MgmtError {
  return new MgmtError('the pipeline cannot be run', {
    code: 'preprocess/bad-pipeline',
    where,
    expected,
    found: JSON.stringify(found) ?? 'nothing',
  });
}

/** True for an object of JSON. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
