import type { Pruner } from '../pruner.js';
import { checkCount, checkOption } from '../checkOption.js';

/** How long {@link patientPruner} waits. */
export interface PatienceConfig {
  /** Reports without a new best one that are put up with. */
  readonly patience: number;
  /** By how much a report may be worse than the best before and still count as no worse. 0 by default. */
  readonly minDelta?: number;
}

/**
 * Asks another pruner only about trials that have not improved for a while.
 *
 * @param pruner - the other one; without it such a trial is ended: early stopping
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Optuna's pruner of this name. The reports of the last `patience + 1` steps are compared with those before, NaN left out.
 * @example
 * patientPruner(medianPruner(), { patience: 3 });
 */
export function patientPruner(pruner: Pruner | undefined, { patience, minDelta = 0 }: PatienceConfig): Pruner {
  checkCount(patience, 'patience', 0);
  checkOption(minDelta >= 0, 'minDelta', 'at least 0', minDelta);

  return (context) => {
    const values = context.trial.intermediate.map(({ value }) => (context.direction === 'minimize' ? value : -value));
    const before = least(values.slice(0, -patience - 1));
    const recent = least(values.slice(-patience - 1));
    if (!(before + minDelta < recent)) return { prune: false }; // so too where one of them has nothing
    return pruner ? pruner(context) : { prune: true };
  };
}

/** NaN where there is nothing but NaN. */
function least(values: readonly number[]): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length === 0 ? NaN : Math.min(...numbers);
}
