/** Sums over the part of an epoch that is done. */
export interface RunningLoss {
  /** Of the batches' losses, each times its weight. */
  readonly lossSum: number;
  /** Of the batches: their numbers of inputs, but for weighted classes. */
  readonly weight: number;
  readonly seconds: number;
}
