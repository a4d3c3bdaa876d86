import { MgmtError } from '@mgmt/core';
import { checkBinaryScores, type BinaryLabel, type BinaryScores } from '../checkBinaryScores.js';
import { checkCount, checkLevel } from '../checkValues.js';
import { logitInterval } from '../logitScale.js';
import { definedDraws } from './bootstrapEnds.js';
import { bootstrapResult, type BootstrapInterval, type BootstrapOptions } from './bootstrapInterval.js';
import { resampledAuc } from './resampledAuc.js';
import { resampler, type ResampleDesign, type Resampler } from './resampler.js';

/** How the bootstrap of an AUC draws. */
export interface BootstrapAucOptions extends BootstrapOptions, Pick<ResampleDesign, 'clusters'> {
  /** Draws within the classes, so that each keeps its size: true by default. False where a cluster has cases of both, as lesions of a patient. */
  readonly stratified?: boolean;
}

/**
 * Bootstrap confidence interval of the AUC, of independent cases or of cases in clusters, as slices of patients.
 *
 * Perfect separation, where no draw differs, gives the exact bound of {@link delongInterval}; equal scores throughout give `[0.5, 0.5]`. It needs two
 * units, cases or clusters, of each class: of one the bootstrap cannot tell the spread.
 *
 * @param labels - `[n]`, 0 or 1
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param options - clusters, samples, method, level, and the random stream
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`, `evaluation/length-mismatch`, `evaluation/mixed-cluster`
 * @remarks O(resamples x n) after one sort. Field & Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x, on the clusters.
 * @example
 * bootstrapAucInterval(labels, scores, { clusters: patients, rng: rng(0).child('bootstrap') }); // { estimate: 0.53, low: 0.42, high: 0.63, … }
 */
export function bootstrapAucInterval(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { resamples = 2000, level = 0.95, method = 'percentile', stratified = true, clusters, rng }: BootstrapAucOptions,
): BootstrapInterval {
  checkCount(resamples, 'resamples');
  checkLevel(level);
  const scored = checkBinaryScores(labels, scores);
  const source = resampler(scores.length, { ...(stratified && { strata: scored.labels }), ...(clusters && { clusters }) }, rng);
  const smallerClass = checkUnits(scored, source);
  const aucOf = resampledAuc(scored);
  const once = new Uint32Array(scores.length).fill(1);
  const estimate = aucOf(once);
  if (estimate === 0 || estimate === 1)
    return { estimate, ...logitInterval({ auc: estimate, variance: 0, smallerClass }, level), standardError: 0 };
  const leftOut = () =>
    source.strata.map((units) =>
      units.map((unit) => {
        const without = once.slice();
        for (const i of unit) without[i] = 0;
        return aucOf(without);
      }),
    );
  return {
    estimate,
    ...bootstrapResult(
      definedDraws(resamples, () => aucOf(source.draw())),
      estimate,
      leftOut,
      { method, level },
    ),
  };
}

/** Two units of each class; gives the number of disjoint pairs of units that the classes certainly make. Throws `MgmtError` `evaluation/too-few`. */
function checkUnits({ labels }: BinaryScores, { strata }: Resampler): number {
  const units = strata.flat();
  const [negative, positive] = [0, 1].map((label) => units.filter((cases) => cases.some((i) => labels[i] === label)).length) as [
    number,
    number,
  ];
  if (negative >= 2 && positive >= 2) return Math.min(negative, positive, units.length >> 1);
  throw new MgmtError('the spread of a class cannot be told from one unit', {
    code: 'evaluation/too-few',
    expected: 'two units (cases or clusters) with each class or more',
    found: `${negative} with class 0, ${positive} with class 1`,
  });
}
