import { type Orientation, type Rng, rng, type Volume } from '@mgmt/core';
import type { Modality } from '../cohort.js';
import { drawAcquisition } from './acquisition.js';
import { growAnatomy } from './anatomy.js';
import { tissueIntensities } from './contrast.js';
import { headGrid } from './headGrid.js';
import { drawNuisance } from './nuisance.js';
import type { PhantomConfig } from './phantomConfig.js';
import { phantomLabel, type PhantomSet } from './phantomLabel.js';
import { renderSeries } from './renderSeries.js';
import { drawScanner } from './scanner.js';
import { drawTraits } from './signal.js';
import { drawTumor, type Growth } from './tumor.js';

/** One case of a phantom cohort in memory. */
export interface PhantomCase {
  /** Five digits. */
  readonly id: string;
  /** Where its files would lie. */
  readonly set: PhantomSet;
  /** Also of a case of `test/`, where no file tells it. */
  readonly label: 0 | 1;
  /** How its tumor grows: what a signal in the rim makes of the label. */
  readonly growth: Growth;
  /** BraTS labels 0, 1, 2, 4 on a grid of its own, which is no series' grid. Axial. */
  readonly mask: Volume<Uint8Array>;
  /** The plane in which a modality is taken. */
  orientation(modality: Modality): Orientation;
  /** One series in the plane it was taken in, 12-bit integers, background 0. Made anew at each call, always the same. */
  render(modality: Modality): Volume<Uint16Array>;
}

/**
 * One case of a phantom cohort. It depends on the config's seed, shape and dials and on its own index, not on how many cases there are.
 *
 * @param config - made by `phantomConfig`
 * @param index - from 0, within its set
 * @param set - `train` by default
 * @example
 * const { label, mask, render } = phantomCase(phantomConfig({ signal: 1 }), 0);
 * const series = render('T1wCE'); // axial, coronal or sagittal
 */
export function phantomCase(config: PhantomConfig, index: number, set: PhantomSet = 'train'): PhantomCase {
  return phantomCaseWithLabel(config, index, set, phantomLabel(config, set, index));
}

/** A case as it would be had it another label: the same brain, place and scanner, and at signal 0 the same voxels. */
export function phantomCaseWithLabel(config: PhantomConfig, index: number, set: PhantomSet, label: 0 | 1): PhantomCase {
  const random = rng(config.seed).child('phantom images').child(set).child(index);
  const traits = drawTraits(random.child('growth'), label, config);
  const tumor = drawTumor(random.child('tumor'), traits);
  const nuisance = drawNuisance(random.child('nuisance'), label, config);
  const anatomy = growAnatomy(random.child('anatomy'), headGrid(config), tumor, nuisance.headSize);
  const scanner = drawScanner(random.child('scanner'), config, nuisance);
  const series = (modality: Modality): Rng => random.child('series').child(modality);
  const acquisition = (modality: Modality) => drawAcquisition(series(modality).child('acquisition'), config);
  return {
    id: phantomId(set, index),
    set,
    label,
    growth: traits.growth,
    mask: anatomy.mask,
    orientation: (modality) => acquisition(modality).orientation,
    render: (modality) =>
      renderSeries(
        series(modality),
        anatomy,
        tissueIntensities(modality, tumor, nuisance.contrast),
        acquisition(modality),
        scanner,
        config.bias,
      ),
  };
}

/** The five digits of a case: `train/` counts from 00000, `test/` from 50000, so that an id names one case at every size of cohort. */
export function phantomId(set: PhantomSet, index: number): string {
  return String(index + (set === 'test' ? 50_000 : 0)).padStart(5, '0');
}
