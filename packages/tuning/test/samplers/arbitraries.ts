import { rng } from '@mgmt/core';
import fc from 'fast-check';
import {
  type Direction,
  type Distribution,
  randomSampler,
  type SamplerContext,
  type SearchSpace,
  type TrialRecord,
} from '../../src/index.js';
import { trialRecord } from './tpeGolden.js';

const floatRange = fc
  .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
  .map(([low, width]): Distribution => ({ kind: 'float', low, high: low + width }));

const floatSteps = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 400 }), fc.constantFrom(0.1, 0.25, 1 / 3, 7))
  .map(([low, width, step]): Distribution => ({ kind: 'float', low: low / 10, high: (low + width) / 10, step }));

const floatLog = fc
  .tuple(fc.integer({ min: -12, max: 3 }), fc.double({ min: 0, max: 12, noNaN: true }))
  .map(([low, decades]): Distribution => ({ kind: 'float', low: 10 ** low, high: 10 ** low * 10 ** decades, log: true }));

const integers = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(300), fc.integer({ min: 1, max: 7 }))
  .map(([low, width, step]): Distribution => ({ kind: 'int', low, high: low + width, step }));

const integersLog = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.nat(5000))
  .map(([low, width]): Distribution => ({ kind: 'int', low, high: low + width, log: true }));

const choices = fc
  .uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), { minLength: 1, maxLength: 6 })
  .map((all): Distribution => ({ kind: 'categorical', choices: all }));

/** Good distributions of every kind. */
export const distributions: fc.Arbitrary<Distribution> = fc.oneof(floatRange, floatSteps, floatLog, integers, integersLog, choices);

/** Spaces of up to four parameters. */
export const spaces: fc.Arbitrary<SearchSpace> = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), distributions, {
  minKeys: 1,
  maxKeys: 4,
});

/** What a sampler sees after trials with these values, drawn uniformly from the space; a string is a state without a value. */
export function contextAfter(
  space: SearchSpace,
  values: readonly (number | 'pruned' | 'failed' | 'running')[],
  direction: Direction = 'minimize',
): SamplerContext {
  const trials = values.map((value, number): TrialRecord => {
    const context = { direction, trials: [], trial: trialRecord({ number, state: 'running' }), rng: rng('history').child(number) };
    const params = Object.fromEntries(Object.keys(space).map((name) => [name, randomSampler().sample(name, space[name]!, context)]));
    const outcome = typeof value === 'number' ? ({ state: 'complete', value } as const) : { state: value };
    return trialRecord({ number, params, distributions: space, ...outcome });
  });
  return { direction, trials, trial: trialRecord({ number: values.length, state: 'running' }), rng: rng(1).child(values.length) };
}
