import { binomialUpTo } from './beta.js';
import { checkCount } from './checkValues.js';
import { normalTail } from './normal.js';

/** How the p-value is found. */
export interface McNemarOptions {
  /**
   * `mid-p` (the default): counts results as likely as the observed half, and so keeps near the level. `exact`: never above the level, and far below it for
   * few cases. `chi-square`: the approximation, without continuity correction.
   */
  readonly method?: 'mid-p' | 'exact' | 'chi-square';
}

/**
 * McNemar's test: are two classifiers right on the same cases equally often? Only the cases count on which just one of them is.
 *
 * @param onlyFirst - cases that only the first calls rightly
 * @param onlySecond - cases that only the second calls rightly; with none of either, p is 1
 * @param options - the method
 * @returns the two-sided p-value
 * @throws `MgmtError` `evaluation/bad-option`
 * @remarks McNemar 1947, doi:10.1007/BF02295996; which to take: Fagerland et al. 2013, doi:10.1186/1471-2288-13-91.
 * @example
 * mcNemarTest(12, 5); // 0.096
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number, { method = 'mid-p' }: McNemarOptions = {}): number {
  checkCount(onlyFirst, 'onlyFirst', 0);
  checkCount(onlySecond, 'onlySecond', 0);
  const discordant = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  if (discordant === 0) return 1;
  const upTo = (count: number) => binomialUpTo(count, discordant, 0.5);
  switch (method) {
    case 'mid-p': {
      const asLikely = upTo(fewer) - upTo(fewer - 1);
      return onlyFirst === onlySecond ? 1 - asLikely / 2 : upTo(fewer) + upTo(fewer - 1);
    }
    case 'exact':
      return Math.min(1, 2 * upTo(fewer));
    case 'chi-square':
      return 2 * normalTail(Math.abs(onlyFirst - onlySecond) / Math.sqrt(discordant));
  }
}
