/**
 * Thrown by an objective to end a trial that does not promise anything.
 *
 * @example
 * if (await trial.shouldPrune()) throw new TrialPruned();
 */
export class TrialPruned extends Error {
  constructor(message = 'the trial was pruned') {
    super(message);
    this.name = 'TrialPruned';
  }
}

/** True for a `TrialPruned`, also one made by a second copy of this package. */
export function isTrialPruned(error: unknown): error is TrialPruned {
  return error instanceof Error && error.name === 'TrialPruned';
}
