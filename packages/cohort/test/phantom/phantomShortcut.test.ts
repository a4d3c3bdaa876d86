import { rng } from '@mgmt/core';
import { drawNuisance, SHORTCUTS } from '../../src/phantom/nuisance.js';
import { phantomCase, phantomCaseWithLabel } from '../../src/phantom/phantomCase.js';
import { phantomConfig, type PhantomConfig } from '../../src/phantom/phantomConfig.js';
import { drawScanner } from '../../src/phantom/scanner.js';
import { type Measurement, measurements } from './measurements.js';
import { countedAuc, mean, placesOf, sampler } from './tumorBrightness.js';

const cases = 60;
const OF_SHORTCUT = { site: 'matterContrast', contrast: 'matterContrast', noise: 'graininess', 'head-size': 'brainVolume' } as const;
const shape = [12, 40, 40] as const;

const planted = (by: (typeof SHORTCUTS)[number], strength: number) =>
  phantomConfig({ cases, seed: 2, shape, shortcut: { by, strength }, ...(by === 'site' && { sites: 2, scannerSpread: 3 }) });

function aucs(config: PhantomConfig, names: readonly Measurement[]): number[] {
  const all = Array.from({ length: cases }, (_, i) => phantomCase(config, i));
  const labels = all.map(({ label }) => label);
  return names.map((name) => countedAuc(labels, all.map(measurements[name])));
}

describe('a planted shortcut', () => {
  it.each(SHORTCUTS)('by %s tells the label at strength 1 and nothing at 0; what the tumor tells does not change', (by) => {
    const names = [OF_SHORTCUT[by], 'tumorVolume', 'edemaBrightness'] as const;
    const [off, on] = [0, 1].map((strength) => aucs(planted(by, strength), names));
    expect(on![0]).toBeGreaterThan(0.95);
    expect(Math.abs(off![0]! - 0.5)).toBeLessThan(0.15); // two standard errors of 60 cases
    for (const tumor of [1, 2]) expect(Math.abs(on![tumor]! - off![tumor]!)).toBeLessThan(0.1); // the same tumors, seen otherwise
  });

  it.each(SHORTCUTS)('by %s tells nothing at strength 0: with the label flipped, every voxel stays', (by) => {
    const config = planted(by, 0);
    for (let i = 0; i < 3; i++) {
      const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(config, i, 'train', label));
      for (const modality of config.modalities) expect(one!.render(modality)).toEqual(zero!.render(modality));
      expect(one!.mask).toEqual(zero!.mask);
    }
  });

  it('puts half of a class on either side at strength 0', () => {
    const loud = Array.from({ length: 200 }, (_, i) => drawNuisance(rng(i), 1, planted('noise', 0)).noise).filter((noise) => noise > 1);
    expect(Math.abs(loud.length - 100)).toBeLessThan(22); // three deviations of a coin thrown 200 times
  });

  it.each(['site', 'contrast', 'noise'] as const)('by %s leaves the mask as it is', (by) => {
    for (let i = 0; i < 3; i++) {
      const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(planted(by, 1), i, 'train', label));
      expect(one!.mask).toEqual(zero!.mask);
    }
  });

  it('by contrast leaves every voxel within the tumor as it is', () => {
    const config = phantomConfig({ ...planted('contrast', 1), shape: [32, 40, 40] });
    const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(config, 0, 'train', label));
    const tumor = placesOf(zero!.mask, [1, 4]);
    const center = [0, 1, 2].map((axis) => mean(tumor.map((place) => place[axis]!)));
    const within = tumor.filter((place) => Math.hypot(...place.map((at, axis) => at - center[axis]!)) < 1.5); // of some four voxels' radius
    const values = [zero!, one!].map(({ mask, render }) => within.map(sampler(render('T2w'), mask)));
    expect(within.length).toBeGreaterThan(10);
    expect(values[1]).toEqual(values[0]);
    expect(one!.render('T2w').data).not.toEqual(zero!.render('T2w').data);
  });
});

describe('the spread of nuisances', () => {
  const scanners = (scannerSpread: number) => {
    const config = phantomConfig({ sites: 12, scannerSpread });
    return Array.from({ length: 60 }, (_, i) => drawScanner(rng(i), config, { sites: 'all', noise: 1 }));
  };
  const range = (values: readonly number[]) => Math.max(...values) / Math.min(...values);

  it('makes all scanners alike at 0, and further apart the wider it is', () => {
    for (const property of ['gain', 'gamma', 'noise'] as const) {
      const ranges = [0, 1, 3].map((spread) => range(scanners(spread).map((scanner) => scanner[property])));
      expect(ranges[0]).toBeCloseTo(1, 12);
      expect(ranges[1]).toBeGreaterThan(1.1);
      expect(ranges[2]).toBeCloseTo(ranges[1]! ** 3, 9);
    }
  });

  it('moves gray and white matter apart from case to case, and not with the label', () => {
    const contrasts = [0, 0.5].map((contrastSpread) => {
      const config = phantomConfig({ shape, contrastSpread, scannerSpread: 0 });
      return range(Array.from({ length: 20 }, (_, i) => measurements.matterContrast(phantomCase(config, i))));
    });
    expect(contrasts[1]).toBeGreaterThan(1.5 * contrasts[0]!);
    const [zero, one] = ([0, 1] as const).map((label) =>
      phantomCaseWithLabel(phantomConfig({ shape, contrastSpread: 0.5 }), 0, 'train', label),
    );
    expect(one!.render('T1w')).toEqual(zero!.render('T1w'));
  });
});
