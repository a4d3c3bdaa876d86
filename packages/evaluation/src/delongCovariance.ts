import { checkSeedScores, checkTwoOfEach, type BinaryLabel } from './checkBinaryScores.js';
import { delongDeviations, dot } from './delongDeviations.js';

/** The AUCs of models on the same cases, and how they vary together. */
export interface DelongCovariance {
  /** `[models]` */
  readonly aucs: readonly number[];
  /** `[models][models]`, symmetric; variances on the diagonal. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Covariance matrix of the AUCs of models that scored the same cases, over samples of cases. The variance of any contrast of the AUCs, as a difference or
 * a mean, is its weights on both sides of this matrix.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scoresByModel - `[models][n]`, finite, larger speaks for class 1; models may have different scales
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`
 * @remarks DeLong et al. 1988, doi:10.2307/2531595; O(models n log n + models^2 n) as Sun & Xu 2014, doi:10.1109/LSP.2014.2337313.
 * @example
 * const { aucs, covariance } = delongCovariance(labels, [resnet, efficientnet, vit]);
 */
export function delongCovariance(labels: ArrayLike<BinaryLabel>, scoresByModel: readonly ArrayLike<number>[]): DelongCovariance {
  const models = checkSeedScores(labels, scoresByModel, 'model');
  checkTwoOfEach(models[0]!);
  const perModel = models.map(delongDeviations);
  return {
    aucs: perModel.map(({ auc }) => auc),
    covariance: perModel.map((a) => perModel.map((b) => dot(a.deviations, b.deviations))),
  };
}
