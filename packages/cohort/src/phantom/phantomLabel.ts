import { rng } from '@mgmt/core';
import type { PhantomConfig } from './phantomConfig.js';

/** Which folder a case lies in: `train` has labels, `test` has none that a reader could see. */
export type PhantomSet = 'train' | 'test';

/**
 * The label of a case, from a stream of its own that no image draws from.
 *
 * Random within blocks of five, each block holding its share of class 1 (permuted blocks, as in a randomized trial). So case i keeps its label however
 * large the cohort is, and 585 cases at the default share hold exactly the 307 of the paper's Table 2.
 */
export function phantomLabel({ seed, positives }: PhantomConfig, set: PhantomSet, index: number): 0 | 1 {
  const block = Math.floor(index / BLOCK);
  const positivesBefore = (n: number) => Math.round(n * BLOCK * positives);
  const ones = positivesBefore(block + 1) - positivesBefore(block);
  const labels = Array.from({ length: BLOCK }, (_, i): 0 | 1 => (i < ones ? 1 : 0));
  return rng(seed).child('phantom labels').child(set).child(block).shuffle(labels)[index % BLOCK]!;
}

const BLOCK = 5; // 585 is a multiple
