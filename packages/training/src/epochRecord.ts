/** What is known of an epoch when it is done: a line of `metrics.jsonl`. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  /** At the epoch's first step. */
  readonly learningRate: number;
  /** Mean over the epoch's inputs, each as it was before the step that learned from it. */
  readonly trainLoss: number;
  /** Mean over the validation inputs after the epoch; absent without validation. */
  readonly validationLoss?: number;
  /** Of the epoch with its validation, without the time that the run stood still. */
  readonly seconds: number;
  /** The caller's metrics by their names; null where one came out as no finite number, for which JSON has no word. */
  readonly [metric: string]: number | null | undefined;
}
