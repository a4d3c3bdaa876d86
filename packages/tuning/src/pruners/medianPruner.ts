import type { Pruner } from '../pruner.js';
import { percentilePruner, type PercentilePrunerConfig } from './percentilePruner.js';

/**
 * Ends a trial whose best report so far is worse than the median of what complete trials reported at the same step.
 *
 * @throws `MgmtError` `tuning/bad-option`
 * @remarks Golub et al. 2017 (Vizier), doi:10.1145/3097983.3098043, compare means of reports instead; the best report is Optuna's.
 * @example
 * medianPruner({ startupTrials: 5, warmupSteps: 3 });
 */
export function medianPruner(config: PercentilePrunerConfig = {}): Pruner {
  return percentilePruner(50, config);
}
