import type { SearchSpace } from '../../distribution.js';
import { toNumber } from '../../transform/toNumber.js';
import type { TrialRecord } from '../../trialRecord.js';
import { notedParams } from './jointNotes.js';
import type { Point } from './parzenEstimator.js';

/** Where the trials lie in a space: those that have all of its parameters, with values that mean something there. */
export function observedPoints(trials: readonly TrialRecord[], space: SearchSpace): readonly Point[] {
  const parameters = Object.entries(space);
  return trials.flatMap((trial) => {
    const params = trial.state === 'running' ? { ...notedParams(trial), ...trial.params } : trial.params;
    const point: number[] = [];
    for (const [name, distribution] of parameters) {
      const number = Object.hasOwn(params, name) ? toNumber(distribution, params[name]) : undefined;
      if (number === undefined) return [];
      point.push(number);
    }
    return [point];
  });
}
