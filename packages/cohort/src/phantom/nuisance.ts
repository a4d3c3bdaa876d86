import type { Rng } from '@mgmt/core';
import type { PhantomConfig } from './phantomConfig.js';
import { followsLabel } from './signal.js';

/** What beside the tumor can be made to tell the label: scanner, contrast of gray and white matter, noise level, size of the head. */
export const SHORTCUTS = ['site', 'contrast', 'noise', 'head-size'] as const;

/** A shortcut planted on purpose: a nuisance that goes with the label, so that a classifier can be right without looking at the tumor. */
export interface Shortcut {
  /** One of {@link SHORTCUTS}. Each case is on one of the nuisance's two sides. */
  readonly by: (typeof SHORTCUTS)[number];
  /** Share of cases that are on their label's side, 0 to 1; in the others a coin decides. At 0 the nuisance is there and tells nothing. */
  readonly strength: number;
}

/** What differs from case to case beside anatomy and tumor. It leaves the tumor alone, and reads the label only where a shortcut is planted. */
export interface Nuisance {
  /** Which of the scanners can have taken the case, by their contrast. */
  readonly sites: 'all' | 'soft' | 'hard';
  /** Factor on the difference between gray and white matter. */
  readonly contrast: number;
  /** Factor on the scanner's noise. */
  readonly noise: number;
  /** What the brain's size is drawn from, as a share of 170 mm length. */
  readonly headSize: readonly [low: number, high: number];
}

/** Draws the nuisances of one case; class 1 is on the side of hard contrast, much noise or large heads where these are planted. */
export function drawNuisance(random: Rng, label: 0 | 1, { contrastSpread, shortcut }: PhantomConfig): Nuisance {
  const plain: Nuisance = {
    sites: 'all',
    contrast: Math.exp(contrastSpread * random.child('contrast').normal()),
    noise: 1,
    headSize: [0.94, 1.04],
  };
  if (!shortcut) return plain;
  const side = followsLabel(random.child('shortcut'), label, shortcut.strength);
  const within = ([low, high]: readonly [number, number]) => random.child('side').uniform(low, high);
  switch (shortcut.by) {
    case 'site':
      return { ...plain, sites: side ? 'hard' : 'soft' };
    case 'contrast':
      return { ...plain, contrast: plain.contrast * within(side ? [1.4, 1.8] : [0.35, 0.65]) };
    case 'noise':
      return { ...plain, noise: within(side ? [2, 2.6] : [0.3, 0.5]) };
    case 'head-size':
      return { ...plain, headSize: side ? [1.03, 1.07] : [0.93, 0.97] };
    default:
      return shortcut.by satisfies never;
  }
}
