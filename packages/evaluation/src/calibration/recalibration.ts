import { checkFinite } from '../checkValues.js';
import { expit } from '../logistic.js';

/** A rising step function with slopes between the steps. */
export interface IsotonicRecalibration {
  readonly kind: 'isotonic';
  /** `[points]`, rising. */
  readonly scores: readonly number[];
  /** `[points]`, not falling, in [0, 1]. */
  readonly probabilities: readonly number[];
}

/** `1 / (1 + exp(-(intercept + slope x score)))` */
export interface PlattRecalibration {
  readonly kind: 'platt';
  readonly slope: number;
  readonly intercept: number;
}

/** `1 / (1 + exp(-inverseTemperature x logit))` */
export interface TemperatureRecalibration {
  readonly kind: 'temperature';
  /** 1 over the temperature, 0 or more: 1 changes nothing, below 1 takes confidence away, 0 takes all. */
  readonly inverseTemperature: number;
}

/** From a score to a probability, fitted once and applied to other cases; plain data, which JSON holds without loss. */
export type Recalibration = IsotonicRecalibration | PlattRecalibration | TemperatureRecalibration;

/**
 * Applies a recalibration to the scores of new cases.
 *
 * It belongs to cases that it was not fitted on: on its own cases any of them looks calibrated.
 *
 * @param recalibration - from {@link isotonicScaling}, {@link plattScaling} or {@link temperatureScaling}
 * @param scores - `[n]`, finite, on the scale it was fitted on; those beyond an isotonic one's ends get the end's probability
 * @returns `[n]`, probabilities of class 1
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`
 * @example
 * const map = plattScaling(validation.labels, validation.logits);
 * recalibrate(map, test.logits);
 */
export function recalibrate(recalibration: Recalibration, scores: ArrayLike<number>): number[] {
  return Array.from(checkFinite(scores, 'scores'), (score) => {
    switch (recalibration.kind) {
      case 'isotonic':
        return between(recalibration, score);
      case 'platt':
        return expit(recalibration.intercept + recalibration.slope * score);
      case 'temperature':
        return expit(recalibration.inverseTemperature * score);
      default:
        return recalibration satisfies never;
    }
  });
}

/** Linear between the points, level beyond them. */
function between({ scores, probabilities }: IsotonicRecalibration, score: number): number {
  const right = scores.findIndex((point) => point >= score);
  if (right < 0) return probabilities.at(-1)!;
  if (right === 0) return probabilities[0]!;
  const part = (score - scores[right - 1]!) / (scores[right]! - scores[right - 1]!);
  return probabilities[right - 1]! + part * (probabilities[right]! - probabilities[right - 1]!);
}
