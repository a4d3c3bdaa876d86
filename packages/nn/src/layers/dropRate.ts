import { MgmtError } from '@mgmt/core';

/**
 * A share of something to drop.
 *
 * @param where - the layer
 * @throws `MgmtError` `nn/bad-rate` where it is not in [0, 1)
 */
export function requireDropRate(rate: number, where: string): number {
  if (rate >= 0 && rate < 1) return rate;
  throw new MgmtError('this is no rate to drop at', { code: 'nn/bad-rate', where, expected: 'at least 0, below 1', found: `${rate}` });
}
