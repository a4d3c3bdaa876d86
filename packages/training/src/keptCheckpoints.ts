import type { Position } from './checkpoint.js';
import type { EpochRecord } from './epochRecord.js';

/** Which checkpoints of a run stay on the disk. One may be there for several reasons; whatever has none goes when a newer one is safe. */
export interface KeptCheckpoints {
  /** The newest so many, 2 by default and at least: the newest may turn out damaged, and then the one before is needed. */
  readonly last?: number;
  /** That of the best epoch so far; of equals the first. */
  readonly best?: BestBy;
  /** Those after every so many epochs, for looking back. */
  readonly everyEpochs?: number;
}

/** By what an epoch is called better than another. */
export interface BestBy {
  /** A number of the epoch's record: `validationLoss` or a metric's name. */
  readonly metric: string;
  readonly direction: 'highest' | 'lowest';
}

/**
 * The record of the best epoch; of equals the first.
 *
 * @returns nothing where the metric was never a number
 */
export function bestEpoch(history: readonly EpochRecord[], { metric, direction }: BestBy): EpochRecord | undefined {
  const sign = direction === 'highest' ? 1 : -1;
  const valued = history.flatMap((record) => (typeof record[metric] === 'number' ? [{ record, value: sign * record[metric] }] : []));
  const best = Math.max(...valued.map(({ value }) => value));
  return valued.find(({ value }) => value === best)?.record;
}

/**
 * Those of the checkpoints that have a reason to stay.
 *
 * @param newestFirst - all that there are
 * @param history - of the epochs done
 */
export function keptCheckpoints<P extends Position>(
  newestFirst: readonly P[],
  history: readonly EpochRecord[],
  { last = LEAST, best, everyEpochs }: KeptCheckpoints,
): P[] {
  const ends = new Set(newestFirst.filter(({ batch }) => batch === 0).map(({ epoch }) => epoch));
  const bestThere = best && bestEpoch(
    history.filter(({ epoch }) => ends.has(epoch)), // a better one may have been damaged
    best,
  ); // prettier-ignore
  return newestFirst.filter(({ epoch, batch }, age) => {
    if (age < Math.max(last, LEAST)) return true;
    return batch === 0 && epoch > 0 && (epoch === bestThere?.epoch || (everyEpochs !== undefined && epoch % everyEpochs === 0));
  });
}

const LEAST = 2;
