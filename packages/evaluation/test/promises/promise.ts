import type { Rng } from '@mgmt/core';

/** What an interval or a test says of itself, and one data set on which it is put to the test. */
export interface Promised {
  /** The function, and its options where they matter. */
  readonly name: string;
  readonly on: string;
  /** The share of data sets on which it is right: that the method is known to have, 0.95 unless said. */
  readonly share?: number;
  /** Whether that share falls short of what the method promises, and is only what 10,000 data sets gave: docs/statistics.md says why. */
  readonly measured?: boolean;
  /** Whether it may be right more often: methods that are conservative by construction. */
  readonly orMore?: boolean;
  /** Whether it is right on a data set drawn from this stream. */
  readonly isRight: (stream: Rng) => boolean;
}

/** Whether an interval holds the true value. */
export const holds =
  (truth: number) =>
  ({ low, high }: { readonly low: number; readonly high: number }): boolean =>
    low <= truth && truth <= high;
