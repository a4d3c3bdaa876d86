import type { Distribution, FloatDistribution, IntDistribution } from '../distribution.js';

/** Whether two distributions mean the same, however their defaults are spelled. */
export function sameDistribution(a: Distribution, b: Distribution): boolean {
  if (a.kind === 'categorical' || b.kind === 'categorical') {
    return a.kind === 'categorical' && b.kind === 'categorical' && sameList(a.choices, b.choices);
  }
  return a.kind === b.kind && a.low === b.low && a.high === b.high && !a.log === !b.log && stepOf(a) === stepOf(b);
}

const sameList = <T>(a: readonly T[], b: readonly T[]) => a.length === b.length && a.every((item, i) => item === b[i]);

const stepOf = ({ kind, step }: FloatDistribution | IntDistribution) => step ?? (kind === 'int' ? 1 : 0);
