/** Sums over the part of an epoch that is done. */
export interface RunningLoss {
  /** Of the losses of all inputs. */
  readonly lossSum: number;
  readonly inputs: number;
  readonly seconds: number;
}
