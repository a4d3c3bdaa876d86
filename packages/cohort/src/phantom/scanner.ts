import { type Rng, rng } from '@mgmt/core';
import type { Nuisance } from './nuisance.js';
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
 * @param random - the case's; draws the site. The sites themselves depend on nothing but the config.
 * @param from - the case's nuisances: among which sites, and how much noisier the case is
 */
export function drawScanner(random: Rng, config: PhantomConfig, { sites: from, noise }: Pick<Nuisance, 'sites' | 'noise'>): Scanner {
  const scanner = from === 'all' ? scannerOf(config, random.integer(0, config.sites - 1)) : random.pick(halfOf(config, from));
  return { ...scanner, noise: scanner.noise * noise };
}

/** The scanner of a site. */
function scannerOf({ seed, noise, scannerSpread }: PhantomConfig, site: number): Scanner {
  const random = rng(seed).child('phantom sites').child(site);
  const spread = (value: number, middle: number) => value * (value / middle) ** (scannerSpread - 1);
  return {
    gain: spread(random.uniform(700, 1300), 950),
    gamma: spread(random.uniform(0.9, 1.12), 1),
    noise: noise * spread(random.uniform(2 / 3, 4 / 3), 0.95),
  };
}

/** The half of all scanners with the softer or the harder contrast: what outlives rescaling by slice. */
function halfOf(config: PhantomConfig, half: 'soft' | 'hard'): readonly Scanner[] {
  const scanners = Array.from({ length: config.sites }, (_, site) => scannerOf(config, site)).sort((a, b) => a.gamma - b.gamma);
  const middle = scanners.length >> 1;
  return half === 'soft' ? scanners.slice(0, middle) : scanners.slice(middle);
}
