import { MgmtError } from '@mgmt/core';

/** What of an epoch says whether anything was learned; an `EpochRecord` of `@mgmt/training` is one. */
export interface EpochLosses {
  /** Mean cross entropy over the epoch's training cases, in nats. */
  readonly trainLoss: number;
  /** The same over the validation cases. */
  readonly validationLoss?: number | null | undefined;
}

/** The losses of one kind, all there and finite. Throws `MgmtError` `evaluation/empty`, `evaluation/not-finite` with the epoch. */
export function checkHistory(history: readonly EpochLosses[], kind: keyof EpochLosses): readonly number[] {
  if (history.length === 0) throw new MgmtError('there are no epochs', { code: 'evaluation/empty', expected: 'at least one' });
  return history.map((epoch, i) => {
    const loss = epoch[kind];
    if (typeof loss === 'number' && Number.isFinite(loss)) return loss;
    throw new MgmtError(`${kind} must be finite, that of epoch ${i + 1} is not`, {
      code: 'evaluation/not-finite',
      expected: 'a finite number',
      found: String(loss),
      hint: 'a training that diverged has to be looked at before it is judged',
    });
  });
}

/** Mean of the last so many losses, or of all where there are fewer. */
export function lateMean(losses: readonly number[], window: number): number {
  const late = losses.slice(-window);
  return late.reduce((sum, loss) => sum + loss, 0) / late.length;
}
