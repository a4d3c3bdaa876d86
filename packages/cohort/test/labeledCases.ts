import { rng } from '@mgmt/core';

/** Cases of these class counts, labels mixed, by id. */
export const casesOf = (zeros: number, ones: number): { id: string; label: 0 | 1 | null }[] => {
  const labels = [zeros, ones].flatMap((count, label) => Array.from({ length: count }, () => label as 0 | 1));
  return rng('labels')
    .shuffle(labels)
    .map((label, i) => ({ id: String(i).padStart(5, '0'), label }));
};

/** How many are of class 0, of class 1. */
export const classCounts = (cases: readonly { label: 0 | 1 | null }[]): number[] =>
  [0, 1].map((label) => cases.filter((c) => c.label === label).length);
