import { MgmtError } from '@mgmt/core';
import type { Distribution } from '../distribution.js';

/**
 * Throws unless a parameter may have the second distribution where a trial of the same study has the first: Optuna's
 * `check_distribution_compatibility`. Bounds may move; kind, logarithm and choices may not.
 *
 * @throws `MgmtError` `tuning/incompatible-distribution`
 */
export function checkCompatible(name: string, before: Distribution, now: Distribution): void {
  if (isCompatible(before, now)) return;
  throw new MgmtError('the parameter had another kind of distribution in an earlier trial of the study', {
    code: 'tuning/incompatible-distribution',
    where: `parameter ${name}`,
    expected: JSON.stringify(before),
    found: JSON.stringify(now),
    hint: 'keep kind, logarithm and choices, or give the parameter another name',
  });
}

/** Whether `checkCompatible` says nothing. */
export function isCompatible(before: Distribution, now: Distribution): boolean {
  if (before.kind !== 'categorical') return before.kind === now.kind && (before.log ?? false) === (now.log ?? false);
  return (
    now.kind === 'categorical' &&
    now.choices.length === before.choices.length &&
    now.choices.every((choice, i) => Object.is(choice, before.choices[i]))
  );
}
