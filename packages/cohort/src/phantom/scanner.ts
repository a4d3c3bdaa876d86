import { type Rng, rng } from '@mgmt/core';
import type { PhantomConfig } from './phantomConfig.js';

/** What a site does to every image it takes. */
export interface Scanner {
  /** Stored units a unit of intensity; white matter comes to some hundreds, nothing above 4,095. */
  readonly gain: number;
  /** Exponent on intensities: below 1 a flat picture, above 1 a hard one. */
  readonly gamma: number;
  /** Deviation of the noise, in intensities. */
  readonly noise: number;
}

/**
 * The scanner that a case was taken on: one of the config's sites, which differ a little.
 *
 * @param random - the case's; draws the site. The sites themselves depend on nothing but the seed.
 */
export function drawScanner(random: Rng, { seed, sites, noise }: PhantomConfig): Scanner {
  const site = rng(seed)
    .child('phantom sites')
    .child(random.integer(0, sites - 1));
  return { gain: site.uniform(700, 1300), gamma: site.uniform(0.9, 1.12), noise: noise * site.uniform(2 / 3, 4 / 3) };
}
