import { spacingMm, type Volume } from '@mgmt/core';
import type { PhantomCase } from '../../src/phantom/phantomCase.js';
import { mean, placesOf, sampler } from './tumorBrightness.js';

const { abs, floor } = Math;

/** What a person could measure by hand on a case, each meant to tell one thing about it. */
export const measurements = {
  /** Of the rim: FLAIR in the edema, against what enhances. A ring's edema is wet. */
  edemaBrightness({ mask, render }: PhantomCase): number {
    const flair = sampler(render('FLAIR'), mask);
    return mean(placesOf(mask, [2]).map(flair)) / mean(placesOf(mask, [4]).map(flair));
  },
  /** Of the texture: how far a voxel of the edema is from their median. In T1w, where edema and the gray matter in it are alike. */
  edemaGrain({ mask, render }: PhantomCase): number {
    const edema = placesOf(mask, [2]).map(sampler(render('T1w'), mask));
    const middle = median(edema);
    return median(edema.map((value) => abs(value - middle))) / middle;
  },
  /** Of the size: the mask's core and rim, cubic centimeters. */
  tumorVolume({ mask }: PhantomCase): number {
    return (placesOf(mask, [1, 4]).length * spacingMm(mask.affine).reduce((a, b) => a * b)) / 1000;
  },
  /** Of the contrast, and of scanners: how far gray matter is below white. */
  matterContrast({ mask, render }: PhantomCase): number {
    const values = healthy(mask, sampler(render('T1w'), mask)).sort((a, b) => a - b);
    return 1 - values[floor(0.3 * values.length)]! / values[floor(0.75 * values.length)]!;
  },
  /** Of the noise: how far a voxel is from its neighbors' mean, against its brightness. */
  graininess({ render }: PhantomCase): number {
    const { data } = render('T1w');
    const steps: number[] = [];
    for (let p = 2; p < data.length; p++) {
      const [a, b, c] = [data[p - 2]!, data[p - 1]!, data[p]!];
      if (a > 0 && b > 0 && c > 0) steps.push(abs(b - (a + c) / 2) / b);
    }
    return median(steps);
  },
  /** Of the head: liters of brain. */
  brainVolume({ render }: PhantomCase): number {
    const { data, affine } = render('T1w');
    return (data.filter((value) => value > 0).length * spacingMm(affine).reduce((a, b) => a * b)) / 1e6;
  },
} as const;

/** The name of a measurement. */
export type Measurement = keyof typeof measurements;

const healthy = (mask: Volume, sample: ReturnType<typeof sampler>) =>
  placesOf(mask, [0])
    .map(sample)
    .filter((value) => value > 0);

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
